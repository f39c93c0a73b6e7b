-- Locks an account's invoices on which something is owed, in the order of their ids.
SELECT invoice_id, number, due_on, balance_minor FROM issued_invoice
WHERE account_id = $1::uuid AND currency = $2 AND balance_minor > 0
ORDER BY invoice_id FOR UPDATE
