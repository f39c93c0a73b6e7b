-- Replaces a pipeline by its JSON. The row is locked by lock_pipeline before.
UPDATE pipeline
SET revision = revision + 1, name = doc ->> 'name', stages = doc -> 'stages',
    is_default = (doc ->> 'is_default')::boolean
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
