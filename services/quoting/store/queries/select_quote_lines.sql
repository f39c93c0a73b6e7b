-- Lines of quotes as the API shows them. Reads only.
SELECT id, quote_id, position, product_id, quantity, service_level, discount_percent,
       ROW(discount_amount_minor, currency) AS discount_amount, start_on, "group", covers,
       requested_quantity, product_version, product_code, product_name, kind, unit, bundle_code,
       product -> 'billing' AS billing,
       CASE WHEN term_length IS NULL THEN product -> 'term'
            ELSE jsonb_set(coalesce(product -> 'term', '{}'), '{length}', term_length) END AS term,
       list_unit_price, net_unit_price,
       ROW(list_minor, currency) AS list_amount, ROW(net_minor, currency) AS net_amount, periods,
       ROW(list_term_minor, currency) AS list_term_total, ROW(term_minor, currency) AS term_total,
       override_unit_price, override_reason, term_length, bundles, ramp_segment,
       product -> 'price_book' AS price_book, change, option, alternative_group, chosen, deliveries
FROM quote_line
