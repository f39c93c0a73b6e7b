-- Reads only.
SELECT id, revision, division_id, auto_issue, enabled, created_at
FROM bill_run_schedule WHERE id = $1::uuid
