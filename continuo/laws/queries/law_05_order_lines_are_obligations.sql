-- 5. Every order line is one performance obligation of its amount
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT coalesce(l.id, o.order_line_id)::text AS example,
         l.id IS NULL OR o.id IS NULL OR o.sold_minor <> l.term_minor AS differs
  FROM quoting.order_line AS l
  FULL JOIN revenue.performance_obligation AS o ON o.order_line_id = l.id
) AS obligations
