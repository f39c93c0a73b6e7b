-- Nothing is ordered twice: one line for each element of an order line, by constraint.
INSERT INTO purchase_order_line (id, purchase_order_id, account_id, position, order_line_id,
                                 element, schedule_id, description, quantity, unit_cost,
                                 cost_minor, currency)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
