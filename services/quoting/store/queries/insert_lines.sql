-- New lines with the products frozen on them; price_lines follows in the same transaction.
INSERT INTO quote_line (id, quote_id, account_id, currency, position, product_id, product_version,
                        product_code, product_name, kind, unit, product, bundle_code,
                        bundles, ramp_segment, term_length, change, ends_line_id, option,
                        alternative_group)
SELECT n.id, $1, $2, $3, n.position, n.product_id, n.product_version, n.product_code,
       n.product_name, n.kind, n.unit, n.product::jsonb, n.bundle_code,
       n.bundles::jsonb, n.ramp_segment::jsonb, n.term_length::jsonb, n.change::jsonb,
       n.ends_line_id, n.option, n.alternative_group
FROM unnest($4::uuid[], $5::int[], $6::uuid[], $7::int[], $8::text[], $9::text[], $10::text[],
            $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
            $17::text[], $18::uuid[], $19::text[], $20::text[])
     AS n(id, position, product_id, product_version, product_code, product_name, kind, unit,
          product, bundle_code, bundles, ramp_segment, term_length, change, ends_line_id, option,
          alternative_group)
