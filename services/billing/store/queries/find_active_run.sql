-- Reads only: the run that has waited longest.
SELECT id, created_at FROM bill_run WHERE status IN ('queued', 'running') ORDER BY id LIMIT 1
