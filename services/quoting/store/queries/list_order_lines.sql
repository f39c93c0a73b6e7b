-- The lines of some orders as the API shows them. Reads only.
SELECT id, order_id, position, quote_line_id, product_id, product_version, product_code,
       product_name, kind, unit, quantity, service_level, list_unit_price, net_unit_price,
       ROW(net_minor, currency) AS net_amount, ROW(list_minor, currency) AS list_amount,
       ROW(term_minor, currency) AS term_total, periods, start_on, "group",
       product ->> 'tax_code' AS tax_code, product ->> 'commission_class' AS commission_class,
       product -> 'billing' AS billing,
       CASE WHEN term_length IS NULL THEN product -> 'term'
            ELSE jsonb_set(coalesce(product -> 'term', '{}'), '{length}', term_length) END AS term,
       product -> 'revenue' ->> 'rule' AS revenue_rule, ROW(ssp_minor, currency) AS ssp_total,
       purchasing_at(product -> 'purchasing', quantity) AS purchasing, waterfall,
       (SELECT level FROM jsonb_array_elements(product -> 'service_levels') AS level
        WHERE level ->> 'code' = service_level) AS service_level_terms, bundle_code,
       product -> 'indexation' AS indexation, product ->> 'kind' AS product_kind, bundles,
       override_reason, product -> 'price_book' AS price_book, change, deliveries
FROM order_line WHERE order_id = ANY ($1::uuid[]) ORDER BY order_id, position
