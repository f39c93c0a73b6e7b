-- One delivery ($1) or all that the caller sees (null). Reads only.
SELECT id, endpoint_id, event_id, event_type, status, attempt_count, next_attempt_at, delivered_at
FROM webhook_delivery
WHERE $1::uuid IS NULL OR id = $1
