-- What a line of a contract was sold under, and whether another follows it. Reads only.
SELECT l.product_id, l.product, l.product_version, l.net_unit_price, l.service_level, o.number,
       EXISTS (SELECT FROM order_line AS f WHERE f.extends_line_id = l.id) AS is_extended
FROM order_line AS l JOIN "order" AS o ON o.id = l.order_id
WHERE l.id = $1 AND o.contract_id = $2
