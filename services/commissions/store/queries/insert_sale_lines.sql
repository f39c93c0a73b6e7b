-- Each order line once: a repeated order inserts nothing. After insert_sale_link.
INSERT INTO sale_line (order_line_id, contract_id, account_id, commission_class)
SELECT l.order_line_id, $1, $2, l.commission_class
FROM unnest($3::uuid[], $4::text[]) AS l (order_line_id, commission_class)
ON CONFLICT (order_line_id) DO NOTHING
