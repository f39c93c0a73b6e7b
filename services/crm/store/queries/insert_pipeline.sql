-- A new pipeline from its JSON; after clear_default_pipeline where it is to be the default.
INSERT INTO pipeline (id, name, is_default, stages, created_at)
SELECT $1, doc ->> 'name', (doc ->> 'is_default')::boolean, doc -> 'stages', $3
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
