-- 3. Every one-off order line is one billable item of its amount
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT l.id::text AS example,
         i.id IS NULL OR i.amount_minor <> l.net_minor AS differs
  FROM quoting.order_line AS l
  LEFT JOIN billing.billable_item AS i ON i.order_line_id = l.id AND i.source = 'order_line'
  WHERE l.kind = 'one_off'
) AS items
