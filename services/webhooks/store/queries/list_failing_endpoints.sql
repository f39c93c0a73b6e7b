-- Reads only: for how long those of $1 have been failing.
SELECT endpoint_id, extract(epoch FROM clock_timestamp() - failing_since)::bigint AS failing_seconds
FROM webhook_endpoint_state
WHERE endpoint_id = ANY ($1::uuid[]) AND failing_since IS NOT NULL
