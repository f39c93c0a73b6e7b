-- Its lines (insert_order_lines.sql, list_order_lines.sql), each under the quote line's id, without the
-- waterfalls, which nobody decides by. $2 the day of acceptance. Reads only.
SELECT l.id, l.position, l.id AS quote_line_id, l.product_id, l.product_version, l.product_code,
       l.product_name, l.kind, l.unit, l.quantity, l.service_level, l.list_unit_price, l.net_unit_price,
       ROW(l.net_minor, l.currency) AS net_amount, ROW(l.list_minor, l.currency) AS list_amount,
       ROW(l.term_minor, l.currency) AS term_total, l.periods,
       coalesce(l.start_on, q.start_on, $2::date) AS start_on, l."group",
       l.product ->> 'tax_code' AS tax_code, l.product ->> 'commission_class' AS commission_class,
       l.product -> 'billing' AS billing,
       CASE WHEN l.term_length IS NULL THEN l.product -> 'term'
            ELSE jsonb_set(coalesce(l.product -> 'term', '{}'), '{length}', l.term_length) END AS term,
       l.product -> 'revenue' ->> 'rule' AS revenue_rule, ROW(l.ssp_minor, l.currency) AS ssp_total,
       purchasing_at(l.product -> 'purchasing', l.quantity) AS purchasing,
       (SELECT level FROM jsonb_array_elements(l.product -> 'service_levels') AS level
        WHERE level ->> 'code' = l.service_level) AS service_level_terms,
       l.bundle_code, l.product -> 'indexation' AS indexation, l.product ->> 'kind' AS product_kind,
       l.change, l.deliveries
FROM quote_line AS l JOIN quote AS q ON q.id = l.quote_id
WHERE l.quote_id = $1 AND l.chosen ORDER BY l.position
