-- 1. A line that a change order ends is ended on that day, and its schedule with it
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT l.product_code || ' of ' || o.number AS example,
         e.order_id IS DISTINCT FROM o.id
           OR e.effective_on IS DISTINCT FROM (l.change ->> 'effective_on')::date
           OR s.status IS DISTINCT FROM 'cancelled' OR s.end_on IS DISTINCT FROM e.effective_on
           AS differs
  FROM quoting.order_line AS l
  JOIN quoting."order" AS o ON o.id = l.order_id
  LEFT JOIN contracts.contract_line_end AS e ON e.order_line_id = l.ends_line_id
  LEFT JOIN contracts.schedule AS s ON s.order_line_id = l.ends_line_id AND s.side = 'sell'
  WHERE l.ends_line_id IS NOT NULL
) AS lines
