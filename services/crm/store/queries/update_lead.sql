-- Replaces a lead by its JSON. The row is locked by lock_lead before.
UPDATE lead
SET revision = revision + 1, source = doc ->> 'source', company = doc ->> 'company',
    contact = doc -> 'contact', country = doc ->> 'country', currency = doc ->> 'currency',
    owner_id = $3, metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
