-- Publishing ($3: when) and retiring (null). The row is locked by lock_price_book before.
UPDATE price_book
SET revision = revision + 1, status = $2, published_at = coalesce($3, published_at)
WHERE id = $1
