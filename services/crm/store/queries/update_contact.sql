-- Replaces a contact by its JSON. The row is locked by lock_contact before.
UPDATE contact
SET revision = revision + 1, first_name = doc ->> 'first_name', last_name = doc ->> 'last_name',
    email = doc ->> 'email', phone = doc ->> 'phone', job_title = doc ->> 'job_title',
    metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
