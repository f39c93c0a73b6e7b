-- Plain reads of one or of a list. The secret is not there to be read.
SELECT id, user_id, name, scopes, expires_at, prefix, replaced_by_id, revoked_at, created_at
FROM api_key
