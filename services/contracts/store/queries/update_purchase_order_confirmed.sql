-- The row is locked.
UPDATE purchase_order
SET status = 'confirmed', revision = revision + 1, supplier_id = $2, confirmed_on = $3
WHERE id = $1
RETURNING revision
