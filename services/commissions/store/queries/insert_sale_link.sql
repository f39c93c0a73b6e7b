-- One for each contract: a repeated order inserts nothing.
INSERT INTO sale_link (id, status, account_id, division_id, order_id, contract_id, crm_price_minor,
                       contract_price_minor, currency, delivery_start, product_names, created_at)
VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11)
ON CONFLICT (contract_id) DO NOTHING
