-- Locks the one row that a command changes, until its transaction ends. Its key stays, and so
-- whoever refers to the row meanwhile waits for nothing.
SELECT revision FROM webhook_endpoint WHERE id = $1 FOR NO KEY UPDATE
