-- The current secret signs for $2 hours more. The endpoint is locked by lock_webhook_endpoint.
UPDATE webhook_secret SET expires_at = clock_timestamp() + make_interval(hours => $2)
WHERE endpoint_id = $1 AND expires_at IS NULL
