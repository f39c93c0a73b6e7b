-- 2. The periods of a schedule's lines tile its term, and their amounts sum to it
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT s.id,
         min(l.period_start) <> s.start_on OR max(l.period_end) <> s.end_on
           OR sum(l.period_end - l.period_start) <> s.end_on - s.start_on
           OR bool_or(l.gap) OR sum(l.amount_minor) <> s.term_total_minor AS differs
  FROM contracts.schedule AS s
  JOIN (
    SELECT schedule_id, period_start, period_end, amount_minor,
           period_start <> lag(period_end, 1, period_start)
             OVER (PARTITION BY schedule_id ORDER BY sequence) AS gap
    FROM contracts.schedule_line
  ) AS l ON l.schedule_id = s.id
  WHERE s.status IN ('initialised', 'running', 'ended')
  GROUP BY s.id
) AS schedules
