-- Locks the one row that a command changes, until its transaction ends.
SELECT endpoint_id FROM webhook_delivery WHERE id = $1 FOR UPDATE
