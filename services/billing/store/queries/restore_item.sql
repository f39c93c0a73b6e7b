-- Puts the item's account back on the runs' work list, if the item was set aside.
WITH restored AS (
  DELETE FROM set_aside_item WHERE billable_item_id = $1::uuid
  RETURNING division_id, account_id, currency, bill_on
)
INSERT INTO billing_due (division_id, account_id, currency, bill_on)
SELECT division_id, account_id, currency, bill_on FROM restored
