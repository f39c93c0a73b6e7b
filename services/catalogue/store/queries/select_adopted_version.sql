-- The version that existing customers are sold on a day. Adoptions and versions never change: no lock.
SELECT v.id, v.product_id, v.version, v.effective_from, v.product, v.published_at
FROM version_adoption AS a
JOIN product_version AS v ON v.product_id = a.product_id AND v.version = a.version
WHERE a.product_id = $1 AND a.effective_from <= $2
ORDER BY a.effective_from DESC, a.created_at DESC, a.id DESC
LIMIT 1
