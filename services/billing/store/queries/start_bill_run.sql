-- The row is locked by lock_bill_run.
UPDATE bill_run SET status = 'running', groups = $2, started_at = $3, revision = revision + 1
WHERE id = $1::uuid
