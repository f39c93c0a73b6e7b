-- One pipeline ($1) or all of them (null). Reads only.
SELECT id, revision, name, is_default, stages, created_at
FROM pipeline
WHERE $1::uuid IS NULL OR id = $1
