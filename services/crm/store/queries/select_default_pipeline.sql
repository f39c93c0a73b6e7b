-- There is always one. Reads only.
SELECT id, revision, name, is_default, stages, created_at FROM pipeline WHERE is_default
