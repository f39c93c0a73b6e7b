-- The row is locked by lock_bill_run. $8 is set when the run has ended.
UPDATE bill_run
SET groups_done = $2, invoices = invoices + $3, lines = lines + $4, set_aside = set_aside + $5,
    control_totals = $6::jsonb, status = $7, finished_at = $8, revision = revision + 1
WHERE id = $1::uuid
