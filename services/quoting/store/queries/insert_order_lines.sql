-- The order's lines, frozen from the quote's. $2 and $3 pair the new ids with the quote lines'.
INSERT INTO order_line (id, order_id, account_id, position, currency, quote_line_id, product_id,
                        product_version, product_code, product_name, kind, unit, product,
                        bundle_code, quantity, service_level, start_on, "group", list_unit_price,
                        net_unit_price, list_minor, net_minor, periods, term_minor, ssp_minor,
                        waterfall, bundles, term_length, override_reason, change,
                        ends_line_id, deliveries)
SELECT n.id, o.id, l.account_id, l.position, l.currency, l.id, l.product_id, l.product_version,
       l.product_code, l.product_name, l.kind, l.unit, l.product, l.bundle_code, l.quantity,
       l.service_level, coalesce(l.start_on, o.start_on), l."group", l.list_unit_price,
       l.net_unit_price, l.list_minor, l.net_minor, l.periods, l.term_minor, l.ssp_minor,
       l.waterfall, l.bundles, l.term_length, l.override_reason, l.change, l.ends_line_id,
       l.deliveries
FROM "order" o
JOIN quote_line l ON l.quote_id = o.quote_id
JOIN unnest($2::uuid[], $3::uuid[]) AS n(id, quote_line_id) ON n.quote_line_id = l.id
WHERE o.id = $1
