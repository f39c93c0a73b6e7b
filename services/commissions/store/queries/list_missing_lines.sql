-- Reads only: the orders of invoiced lines that no sale link knows yet.
SELECT DISTINCT wanted.order_id
FROM unnest($1::uuid[], $2::uuid[]) AS wanted (order_line_id, order_id)
LEFT JOIN sale_line AS l ON l.order_line_id = wanted.order_line_id
WHERE l.order_line_id IS NULL
