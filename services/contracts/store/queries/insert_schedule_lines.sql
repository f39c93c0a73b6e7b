-- The lines of a locked schedule, all at once, each with its right to be released. One line for
-- each period, by constraint.
WITH line AS (
  INSERT INTO schedule_line (id, schedule_id, account_id, division_id, sequence, period_start,
                             period_end, bill_on, release_on, amount_minor, currency, known_at)
  SELECT n.id, $1, $2, $3, n.sequence, n.period_start, n.period_end, n.bill_on, n.release_on,
         n.amount_minor, $4, $5
  FROM unnest($7::uuid[], $8::int[], $9::date[], $10::date[], $11::date[], $12::date[],
              $13::bigint[])
    AS n (id, sequence, period_start, period_end, bill_on, release_on, amount_minor)
  RETURNING id, release_on)
INSERT INTO open_schedule_line (schedule_line_id, schedule_id, account_id, time_zone, release_on)
SELECT line.id, $1, $2, $6, line.release_on FROM line
