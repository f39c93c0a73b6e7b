-- Replaces an index by its JSON. The row is locked by lock_index_series before.
UPDATE index_series
SET revision = revision + 1, name = doc ->> 'name', source = doc ->> 'source',
    metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
