-- 2. Recurring order line = sum of its sell-side schedules
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT l.product_code || ' of ' || o.number AS example,
         coalesce(sum(s.term_total_minor), 0) <> l.term_minor AS differs
  FROM quoting.order_line AS l
  JOIN quoting."order" AS o ON o.id = l.order_id
  LEFT JOIN contracts.schedule AS s
    ON s.order_line_id = l.id AND s.side = 'sell' AND s.status <> 'cancelled'
  WHERE l.kind = 'recurring'
    AND NOT EXISTS (SELECT FROM contracts.schedule AS cancelled
                    WHERE cancelled.order_line_id = l.id AND cancelled.side = 'sell'
                      AND cancelled.status = 'cancelled')
  GROUP BY l.id, o.id
) AS lines
