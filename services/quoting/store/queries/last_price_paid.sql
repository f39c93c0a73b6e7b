-- What an account paid for a product the last time, at whatever quantity. Reads only.
SELECT l.net_unit_price, l.quantity, o.id AS order_id, o.accepted_on
FROM order_line l JOIN "order" o ON o.id = l.order_id
WHERE l.account_id = $1 AND l.product_id = $2 AND l.currency = $3 AND l.quantity > 0
ORDER BY o.accepted_on DESC, o.id DESC, l.position LIMIT 1
