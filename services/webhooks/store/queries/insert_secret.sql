-- The one before it must have been given an end: there is one current secret.
INSERT INTO webhook_secret (endpoint_id, secret) VALUES ($1, $2)
