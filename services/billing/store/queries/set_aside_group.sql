-- One group that could not be billed for a reason that draft_invoices does not know. The run's row
-- is locked.
WITH party AS (
  SELECT account_id, currency, bill_from FROM bill_run_group
  WHERE bill_run_id = $1::uuid AND position = $2
), listed AS (
  INSERT INTO bill_run_set_aside (id, bill_run_id, account_id, currency, code, detail, created_at)
  SELECT $3::uuid, $1::uuid, account_id, currency, $6, $7, $8::timestamptz FROM party
)
INSERT INTO set_aside_item (billable_item_id, account_id, division_id, currency, bill_on, held,
                            code, detail, known_at)
SELECT i.id, i.account_id, i.division_id, i.currency, i.bill_on, false, $6, $7, $8::timestamptz
FROM party AS p
JOIN billable_item AS i ON i.account_id = p.account_id AND i.division_id = $4::uuid
  AND i.currency = p.currency AND i.bill_on BETWEEN p.bill_from AND $5::date
WHERE NOT EXISTS (SELECT FROM invoice_line AS l WHERE l.billable_item_id = i.id)
ON CONFLICT (billable_item_id) DO UPDATE
SET code = excluded.code, detail = excluded.detail, known_at = excluded.known_at
WHERE NOT set_aside_item.held
