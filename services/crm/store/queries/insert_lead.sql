-- A new lead from its JSON.
INSERT INTO lead (id, source, company, contact, country, currency, owner_id, status, metadata,
                  created_at)
SELECT $1, doc ->> 'source', doc ->> 'company', doc -> 'contact', doc ->> 'country',
       doc ->> 'currency', $3, 'open', doc -> 'metadata', $4
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
