-- One contact ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, account_id, first_name, last_name, email, phone, job_title, metadata,
       created_at
FROM contact
WHERE $1::uuid IS NULL OR id = $1
