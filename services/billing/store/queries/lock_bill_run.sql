-- Held for one chunk: a cancel waits for the chunk, a chunk for the cancel.
SELECT id, revision, division_id, bill_on, auto_issue, status, groups, groups_done, invoices, lines,
       set_aside, control_totals, bill_run_schedule_id, started_at, finished_at, created_at
FROM bill_run WHERE id = $1::uuid FOR UPDATE
