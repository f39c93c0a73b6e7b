-- Reads only. Serves list.
SELECT id, revision, division_id, bill_on, auto_issue, status, groups, groups_done, invoices, lines,
       set_aside, control_totals, bill_run_schedule_id, started_at, finished_at, created_at
FROM bill_run
