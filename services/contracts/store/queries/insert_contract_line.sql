-- Append-only.
INSERT INTO contract_line (id, contract_id, account_id, order_id, order_line_id, position,
                           product_id, product_version, product_code, product_name, kind, unit,
                           quantity, service_level, service_level_terms, net_minor,
                           term_total_minor, currency, effective_on, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
