-- Locks an issued invoice for a credit note.
SELECT i.id, s.account_id, s.division_id, s.number, s.currency, s.balance_minor, s.revision,
       s.issued_on
FROM issued_invoice AS s JOIN invoice AS i ON i.id = s.invoice_id
WHERE s.invoice_id = $1::uuid FOR UPDATE OF s
