-- What a line of a contract was sold under. Reads only.
SELECT l.product, l.product_version, l.net_unit_price, l.service_level, o.number
FROM order_line AS l JOIN "order" AS o ON o.id = l.order_id
WHERE l.id = $1 AND o.contract_id = $2
