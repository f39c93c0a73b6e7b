-- Replaces what a caller may change by its JSON. The row is locked by lock_opportunity before.
UPDATE opportunity
SET revision = revision + 1, name = doc ->> 'name', stage = doc ->> 'stage',
    close_on = (doc ->> 'close_on')::date, kind = doc ->> 'kind', metadata = doc -> 'metadata',
    owner_id = $3, contact_id = $4, value_minor = $5, currency = $6
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
