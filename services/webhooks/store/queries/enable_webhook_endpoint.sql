-- The row is locked by lock_webhook_endpoint; $2 was read under keep_feed_head.
UPDATE webhook_endpoint
SET revision = revision + 1, status = 'enabled', disabled_reason = NULL, listens_from = $2
WHERE id = $1
