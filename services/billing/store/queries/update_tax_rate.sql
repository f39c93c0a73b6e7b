-- The row is locked by lock_tax_rate.
UPDATE tax_rate SET rate = $2, valid_from = $3, revision = revision + 1 WHERE id = $1::uuid
