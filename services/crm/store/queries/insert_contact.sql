-- A new contact from its JSON.
INSERT INTO contact (id, account_id, first_name, last_name, email, phone, job_title, metadata,
                     created_at)
SELECT $1, $3, doc ->> 'first_name', doc ->> 'last_name', doc ->> 'email', doc ->> 'phone',
       doc ->> 'job_title', doc -> 'metadata', $4
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
