-- Runs after delete_open_lines.sql; a line that was released after all is held by its reference.
WITH gone AS (DELETE FROM schedule_line WHERE schedule_id = $1 RETURNING *)
INSERT INTO withdrawn_schedule_line
  (id, schedule_id, account_id, division_id, sequence, period_start, period_end, bill_on, release_on,
   amount_minor, currency, known_at, withdrawn_at)
SELECT id, schedule_id, account_id, division_id, sequence, period_start, period_end, bill_on,
       release_on, amount_minor, currency, known_at, $2
FROM gone
