-- A new index from its JSON; the unique code refuses a second one.
INSERT INTO index_series (id, code, name, source, metadata, created_at)
SELECT $1, doc ->> 'code', doc ->> 'name', doc ->> 'source', doc -> 'metadata', $3
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
