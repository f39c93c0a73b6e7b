-- 1. Accepted quote = order = sum of its lines; a direct order has no quote
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(number) FILTER (WHERE differs) AS example
FROM (
  SELECT o.number,
         (o.kind <> 'direct' AND (q.id IS NULL OR q.status <> 'accepted'
                                  OR q.term_minor <> o.term_minor
                                  OR q.content_hash <> o.content_hash))
           OR (o.kind = 'direct' AND o.quote_id IS NOT NULL)
           OR o.term_minor <> coalesce(sum(l.term_minor), 0) OR o.line_count <> count(l.id) AS differs
  FROM quoting."order" AS o
  LEFT JOIN quoting.quote AS q ON q.id = o.quote_id AND q.order_id = o.id
  LEFT JOIN quoting.order_line AS l ON l.order_id = o.id
  GROUP BY o.id, q.id
) AS orders
