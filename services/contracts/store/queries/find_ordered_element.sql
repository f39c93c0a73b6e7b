-- Whether an element of an order line is ordered already. Its schedule is locked.
SELECT id FROM purchase_order_line WHERE order_line_id = $1 AND element = $2
