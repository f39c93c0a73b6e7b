-- Terms and prices of all lines of a quote, in one statement; the caller holds the quote's row. A line
-- that is as it was is not written again: most of a large quote, at most edits.
UPDATE quote_line l SET quantity = p.quantity, service_level = p.service_level,
       discount_percent = p.discount_percent, discount_amount_minor = p.discount_amount_minor,
       start_on = p.start_on, "group" = p.line_group, covers = p.covers::uuid[],
       requested_quantity = p.requested_quantity, list_unit_price = p.list_unit_price,
       net_unit_price = p.net_unit_price, list_minor = p.list_minor, net_minor = p.net_minor,
       periods = p.periods, list_term_minor = p.list_term_minor, term_minor = p.term_minor,
       ssp_minor = p.ssp_minor, waterfall = p.waterfall::jsonb,
       override_unit_price = p.override_unit_price, override_reason = p.override_reason,
       chosen = p.chosen, deliveries = p.deliveries::jsonb
FROM unnest($2::uuid[], $3::numeric[], $4::text[], $5::numeric[], $6::bigint[], $7::date[],
            $8::text[], $9::text[], $10::numeric[], $11::numeric[], $12::numeric[], $13::bigint[],
            $14::bigint[], $15::int[], $16::bigint[], $17::bigint[], $18::bigint[], $19::text[],
            $20::numeric[], $21::text[], $22::boolean[], $23::text[])
     AS p(id, quantity, service_level, discount_percent, discount_amount_minor, start_on, line_group,
          covers, requested_quantity, list_unit_price, net_unit_price, list_minor, net_minor,
          periods, list_term_minor, term_minor, ssp_minor, waterfall, override_unit_price,
          override_reason, chosen, deliveries)
WHERE l.id = p.id AND l.quote_id = $1
  AND (l.quantity, l.service_level, l.discount_percent, l.discount_amount_minor, l.start_on, l."group",
       l.covers, l.requested_quantity, l.list_unit_price, l.net_unit_price, l.list_minor, l.net_minor,
       l.periods, l.list_term_minor, l.term_minor, l.ssp_minor, l.waterfall, l.override_unit_price,
       l.override_reason, l.chosen, l.deliveries)
      IS DISTINCT FROM
      (p.quantity, p.service_level, p.discount_percent, p.discount_amount_minor, p.start_on, p.line_group,
       p.covers::uuid[], p.requested_quantity, p.list_unit_price, p.net_unit_price, p.list_minor,
       p.net_minor, p.periods, p.list_term_minor, p.term_minor, p.ssp_minor, p.waterfall::jsonb,
       p.override_unit_price, p.override_reason, p.chosen, p.deliveries::jsonb)
