-- What a contract is after a change order, with its lines' sums as they were counted again; terminated
-- where nothing that was sold runs or waits any more. The row is taken last, after lines and schedules.
WITH sold AS (
  SELECT coalesce(bool_or(status IN ('pending', 'initialised', 'running')), false) AS runs,
         max(end_on) FILTER (WHERE start_on < end_on) AS end_on
  FROM schedule WHERE contract_id = $1 AND side = 'sell')
UPDATE contract AS c
SET revision = c.revision + 1, term_total_minor = $2, control_totals = $3,
    status = CASE WHEN sold.runs THEN 'active' ELSE 'terminated' END
FROM sold
WHERE c.id = $1
RETURNING c.revision, c.status, coalesce(sold.end_on, c.start_on) AS end_on
