-- The row is locked by lock_webhook_endpoint.
UPDATE webhook_endpoint SET revision = revision + 1 WHERE id = $1
