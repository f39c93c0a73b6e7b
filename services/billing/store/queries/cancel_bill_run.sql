-- The row is locked by lock_bill_run: no chunk is under way. What it would have billed goes back on
-- the work list.
WITH cancelled AS (
  UPDATE bill_run SET status = 'cancelled', finished_at = $2, revision = revision + 1
  WHERE id = $1::uuid
  RETURNING id, division_id, groups_done
)
INSERT INTO billing_due (division_id, account_id, currency, bill_on)
SELECT r.division_id, g.account_id, g.currency, g.bill_from
FROM cancelled AS r
JOIN bill_run_group AS g ON g.bill_run_id = r.id AND g.position > r.groups_done
