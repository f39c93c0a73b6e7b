-- The row is locked by lock_recovery.
UPDATE webhook_recovery SET done_to = $2 WHERE endpoint_id = $1
