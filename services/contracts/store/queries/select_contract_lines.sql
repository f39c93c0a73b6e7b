-- A contract's lines as they are known now: the newest of each order line. Append-only: no lock.
SELECT DISTINCT ON (position, order_line_id)
       id, order_id, order_line_id, position, product_id, product_version, product_code,
       product_name, kind, unit, quantity, service_level,
       ROW(net_minor, currency) AS net_amount, ROW(term_total_minor, currency) AS term_total,
       effective_on, known_at
FROM contract_line
WHERE contract_id = $1
ORDER BY position, order_line_id, effective_on DESC, known_at DESC
