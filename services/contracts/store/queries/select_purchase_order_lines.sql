-- The lines of a purchase order. They never change: no lock.
SELECT id, position, order_line_id, schedule_id, description, quantity, unit_cost,
       ROW(cost_minor, currency) AS cost
FROM purchase_order_line
WHERE purchase_order_id = $1
ORDER BY position
