-- A contract's schedules, each sale followed by what is bought for it. Reads only.
SELECT s.id, s.revision, s.account_id, s.division_id, s.contract_id, s.order_id, s.order_line_id,
       s.side, s.status, s.description, s.supplier_id, s.quantity,
       ROW(s.amount_minor, s.currency) AS amount, ROW(s.term_total_minor, s.currency) AS term_total,
       s.billing, s.term, s.start_on, s.end_on, s.service_level, s.tax_code, s.created_at,
       s.agreed_start_on
FROM schedule AS s
WHERE s.contract_id = $1
ORDER BY (SELECT o.position FROM contract_order AS o WHERE o.order_id = s.order_id),
         (SELECT min(c.position) FROM contract_line AS c WHERE c.order_line_id = s.order_line_id),
         s.order_line_id, s.element
