-- The hash is unique; the foreign key refuses an unknown user.
INSERT INTO api_key (id, user_id, name, scopes, prefix, secret_sha256, expires_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
