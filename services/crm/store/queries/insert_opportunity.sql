-- A new opportunity from its JSON. quoting may have minted its id: a repeat of its fact finds the
-- row and inserts nothing.
INSERT INTO opportunity (id, account_id, name, pipeline_id, stage, status, value_minor, currency,
                         close_on, kind, owner_id, contact_id, metadata, created_at)
SELECT $1, $3, doc ->> 'name', $4, doc ->> 'stage', 'open', $5, $6, (doc ->> 'close_on')::date,
       doc ->> 'kind', $7, $8, doc -> 'metadata', $9
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
ON CONFLICT (id) DO NOTHING
