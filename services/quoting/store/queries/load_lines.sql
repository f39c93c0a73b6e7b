-- The lines of a quote as the domain works on them. Reads only.
SELECT id, position, product_id, product_version, product_code, product_name, unit, product,
       bundles, ramp_segment, term_length, change, override_unit_price, override_reason, quantity, service_level, discount_percent, discount_amount_minor, start_on,
       "group", covers::text[] AS covers, requested_quantity, list_unit_price, net_unit_price,
       list_minor, net_minor, periods, list_term_minor, term_minor, ssp_minor, option,
       alternative_group, chosen, deliveries
FROM quote_line WHERE quote_id = $1 ORDER BY position
