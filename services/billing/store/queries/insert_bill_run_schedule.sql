-- bill_run_schedule_division refuses a second one of the division.
INSERT INTO bill_run_schedule (id, division_id, auto_issue, enabled, created_at)
VALUES ($1::uuid, $2::uuid, $3, $4, $5)
