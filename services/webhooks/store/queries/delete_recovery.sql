-- The row is locked by lock_recovery.
DELETE FROM webhook_recovery WHERE endpoint_id = $1
