-- A new draft from its JSON; the unique code refuses a second one.
INSERT INTO price_book (id, code, name, currency, account_id, segment, division_id, valid_from,
                        valid_to, status, metadata, created_at)
SELECT $1, doc ->> 'code', doc ->> 'name', doc ->> 'currency', $3, doc ->> 'segment', $4,
       (doc ->> 'valid_from')::date, (doc ->> 'valid_to')::date, 'draft', doc -> 'metadata', $5
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
