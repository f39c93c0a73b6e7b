-- $2: it took something; a success ends its failing, a failure begins it. In the order of the ids.
UPDATE webhook_endpoint_state AS s
SET failing_since = CASE WHEN t.succeeded THEN NULL ELSE clock_timestamp() END
FROM unnest($1::uuid[], $2::boolean[]) AS t (endpoint_id, succeeded)
WHERE s.endpoint_id = t.endpoint_id AND t.succeeded = (s.failing_since IS NOT NULL)
