-- bill_run_active refuses a second active run of the division.
INSERT INTO bill_run (id, division_id, bill_on, auto_issue, status, bill_run_schedule_id, created_at)
VALUES ($1::uuid, $2::uuid, $3, $4, 'queued', $5::uuid, $6)
