-- Appends an adoption; the version is known to exist.
INSERT INTO version_adoption (id, product_id, version, effective_from, reason, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
