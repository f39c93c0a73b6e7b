-- The row is locked by lock_webhook_delivery. An attempt under way keeps its claim.
UPDATE webhook_delivery
SET status = 'scheduled', round_attempts = 0, next_attempt_at = clock_timestamp(),
    delivered_at = NULL
WHERE id = $1
