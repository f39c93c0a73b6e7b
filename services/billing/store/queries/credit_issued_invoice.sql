-- The row is locked by lock_issued_invoice.
UPDATE issued_invoice SET credited_minor = credited_minor + $2, revision = revision + 1
WHERE invoice_id = $1::uuid
RETURNING balance_minor, total_minor, revision
