-- Reads only. Serves list.
SELECT id, revision, division_id, auto_issue, enabled, created_at FROM bill_run_schedule
