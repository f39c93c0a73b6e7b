-- The row is locked by lock_bill_run_schedule.
UPDATE bill_run_schedule SET auto_issue = $2, enabled = $3, revision = revision + 1
WHERE id = $1::uuid
