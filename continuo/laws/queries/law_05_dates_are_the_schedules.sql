-- 5. What recurs is earned over the dates of its schedule
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT s.id::text AS example,
         o.start_on IS DISTINCT FROM s.start_on
           OR o.end_on IS DISTINCT FROM s.end_on AS differs
  FROM contracts.schedule AS s
  JOIN revenue.performance_obligation AS o ON o.order_line_id = s.order_line_id
  WHERE s.side = 'sell' AND o.rule <> 'point_in_time'
) AS schedules
