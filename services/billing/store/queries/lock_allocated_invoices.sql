-- Locks the invoices that a payment pays, in the order of their ids.
SELECT s.invoice_id FROM issued_invoice AS s
WHERE s.invoice_id IN (SELECT invoice_id FROM allocation WHERE payment_id = $1::uuid)
ORDER BY s.invoice_id FOR UPDATE
