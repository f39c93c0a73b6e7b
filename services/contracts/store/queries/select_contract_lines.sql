-- A contract's lines as they are known now, order by order: the newest of each order line, with what
-- a change order ended. Append-only: no lock.
SELECT DISTINCT ON (o.position, l.position, l.order_line_id)
       l.id, l.order_id, l.order_line_id, l.position, l.product_id, l.product_version, l.product_code,
       l.product_name, l.kind, l.unit, l.quantity, l.service_level,
       ROW(l.net_minor, l.currency) AS net_amount, ROW(l.term_total_minor, l.currency) AS term_total,
       l.effective_on, l.known_at, e.effective_on AS ended_on, e.order_id AS ended_by_order_id
FROM contract_line AS l
JOIN contract_order AS o ON o.order_id = l.order_id
LEFT JOIN contract_line_end AS e ON e.order_line_id = l.order_line_id
WHERE l.contract_id = $1
ORDER BY o.position, l.position, l.order_line_id, l.effective_on DESC, l.known_at DESC
