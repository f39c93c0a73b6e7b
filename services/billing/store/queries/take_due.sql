-- Takes the work list of a division up to a day for one run. What is added meanwhile stays listed
-- for the next run, unless its item is seen by this one; then the next finds nothing to do. Items
-- that an earlier run set aside are tried again.
WITH taken AS (
  DELETE FROM billing_due WHERE division_id = $2::uuid AND bill_on <= $3
  RETURNING account_id, currency, bill_on
), due AS (
  SELECT account_id, currency, bill_on FROM taken
  UNION ALL
  SELECT account_id, currency, bill_on FROM set_aside_item
  WHERE division_id = $2::uuid AND bill_on <= $3 AND NOT held
)
INSERT INTO bill_run_group (bill_run_id, position, account_id, currency, bill_from)
SELECT $1::uuid, row_number() OVER (ORDER BY account_id, currency), account_id, currency,
       min(bill_on)
FROM due GROUP BY account_id, currency
