-- One version adoption ($1) or all of them (null). They never change: no lock.
SELECT id, product_id, version, effective_from, reason, created_at
FROM version_adoption
WHERE $1::uuid IS NULL OR id = $1
