-- The versions of a product ($1), or the one with the number $2. Versions never change: no lock.
SELECT id, product_id, version, effective_from, product, published_at
FROM product_version
WHERE product_id = $1 AND ($2::int IS NULL OR version = $2)
