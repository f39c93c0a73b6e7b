-- The row is locked by lock_draft and is no issued one. Its items are free again and its account is
-- back on the work list; what stood on the draft is kept.
WITH voided AS (
  UPDATE invoice SET voided_at = $2 WHERE id = $1::uuid RETURNING id, division_id, account_id, currency
), freed AS (
  DELETE FROM invoice_line WHERE invoice_id = $1::uuid
  RETURNING invoice_id, position, billable_item_id, account_id, net_minor, tax_rate
), kept AS (
  INSERT INTO voided_invoice_line (invoice_id, position, billable_item_id, account_id, net_minor,
                                   tax_rate)
  SELECT invoice_id, position, billable_item_id, account_id, net_minor, tax_rate FROM freed
)
INSERT INTO billing_due (division_id, account_id, currency, bill_on)
SELECT v.division_id, v.account_id, v.currency, min(b.bill_on)
FROM voided AS v JOIN freed AS f ON f.invoice_id = v.id
JOIN billable_item AS b ON b.id = f.billable_item_id
GROUP BY v.division_id, v.account_id, v.currency
