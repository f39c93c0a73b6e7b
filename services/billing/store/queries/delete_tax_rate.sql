-- The row is locked by lock_tax_rate. Invoices keep the rate they were determined with.
DELETE FROM tax_rate WHERE id = $1::uuid
