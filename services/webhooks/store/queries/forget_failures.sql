-- A fresh start for an endpoint that is enabled again.
UPDATE webhook_endpoint_state SET failing_since = NULL WHERE endpoint_id = $1
