-- A fresh start for an endpoint that is enabled again, also where it had asked to be left alone.
UPDATE webhook_endpoint_state
SET failing_since = NULL, paced_until = least(paced_until, clock_timestamp())
WHERE endpoint_id = $1
