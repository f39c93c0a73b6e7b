-- The primary key refuses an id that another account has, seen by the caller or not.
INSERT INTO account_external_id (system, external_id, account_id)
SELECT system, external_id, $1
FROM unnest($2::text[], $3::text[]) AS given (system, external_id)
ORDER BY system, external_id
