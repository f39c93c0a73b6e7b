-- The one before it must have been given an end: there is one current secret.
INSERT INTO webhook_secret (endpoint_id, secret, signing_key, public_key) VALUES ($1, $2, $3, $4)
