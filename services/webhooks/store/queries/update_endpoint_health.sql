-- $2: it took something. A success ends its failing, a failure begins it; other rows are not
-- touched, so that the sender's transactions seldom meet here. A deadlock is run again.
UPDATE webhook_endpoint_state AS s
SET failing_since = CASE WHEN t.succeeded THEN NULL ELSE clock_timestamp() END
FROM unnest($1::uuid[], $2::boolean[]) AS t (endpoint_id, succeeded)
WHERE s.endpoint_id = t.endpoint_id AND t.succeeded = (s.failing_since IS NOT NULL)
