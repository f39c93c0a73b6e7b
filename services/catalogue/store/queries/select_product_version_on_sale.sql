-- The version on sale on a day: the latest that has come into effect, the newer one of two from the
-- same day. Versions never change: no lock.
SELECT id, product_id, version, effective_from, product, published_at
FROM product_version
WHERE product_id = $1 AND effective_from <= $2
ORDER BY effective_from DESC, version DESC
LIMIT 1
