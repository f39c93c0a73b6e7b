-- One index ($1) or all of them (null). Reads only.
SELECT id, revision, code, name, source, metadata, created_at
FROM index_series
WHERE $1::uuid IS NULL OR id = $1
