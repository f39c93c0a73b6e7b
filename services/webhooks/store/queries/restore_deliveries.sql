-- A recovery's: those of endpoint $1 that are exhausted, among events $2, begin anew.
UPDATE webhook_delivery
SET status = 'scheduled', round_attempts = 0, next_attempt_at = clock_timestamp()
WHERE endpoint_id = $1 AND event_id = ANY ($2::uuid[]) AND status = 'exhausted'
