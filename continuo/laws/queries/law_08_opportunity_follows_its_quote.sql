-- 8. Opportunity value = selected quote; a won one = its order
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT p.id,
         CASE WHEN p.order_id IS NOT NULL THEN p.value_minor IS DISTINCT FROM o.term_minor
              ELSE p.value_minor IS DISTINCT FROM q.term_minor END AS differs
  FROM crm.opportunity AS p
  LEFT JOIN quoting.quote AS q ON q.id = p.quote_id
  LEFT JOIN quoting."order" AS o ON o.id = p.order_id
  WHERE p.quote_id IS NOT NULL AND p.status <> 'lost'
) AS opportunities
