-- Locks a slice in the order of the ids; a payment that comes meanwhile waits.
WITH late AS (
  SELECT invoice_id FROM issued_invoice
  WHERE division_id = $1::uuid AND due_on < $2::date AND balance_minor > 0 AND overdue_since IS NULL
  ORDER BY invoice_id LIMIT $3 FOR UPDATE
)
UPDATE issued_invoice AS s SET overdue_since = $2::date, revision = s.revision + 1
FROM late WHERE s.invoice_id = late.invoice_id
RETURNING s.invoice_id, s.account_id, s.currency, s.balance_minor, s.revision
