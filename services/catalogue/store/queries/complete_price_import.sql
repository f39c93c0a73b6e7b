-- The row is locked by lock_price_import before.
UPDATE price_import SET revision = revision + 1, status = 'completed', completed_at = $2 WHERE id = $1
