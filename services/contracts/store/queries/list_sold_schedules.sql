-- The sold schedules of a contract that run to their end, order by order. Reads only.
SELECT s.id, s.revision, s.account_id, s.division_id, s.contract_id, s.order_id, s.order_line_id,
       s.side, s.status, s.description, s.supplier_id, s.quantity,
       ROW(s.amount_minor, s.currency) AS amount, ROW(s.term_total_minor, s.currency) AS term_total,
       s.billing, s.term, s.start_on, s.end_on, s.service_level, s.tax_code, s.created_at,
       s.agreed_start_on
FROM schedule AS s
JOIN contract_order AS o ON o.order_id = s.order_id
WHERE s.contract_id = $1 AND s.element = 0 AND s.status IN ('initialised', 'running', 'ended')
ORDER BY o.position, s.id
