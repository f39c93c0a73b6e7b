-- One for each contract: a repeated order inserts nothing. The first step says that the order
-- opened it.
WITH opened AS (
  INSERT INTO sale_link (id, status, account_id, division_id, order_id, contract_id, accepted_on,
                         time_zone, crm_price_minor, contract_price_minor, currency,
                         delivery_start, product_names, price_band, created_at)
  VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text[], $13, $14)
  ON CONFLICT (contract_id) DO NOTHING
  RETURNING id, revision, account_id, accepted_on, created_at)
INSERT INTO sale_link_step (id, sale_link_id, revision, account_id, status, reason, effective_on,
                            known_at)
SELECT $15, id, revision, account_id, 'open', '', accepted_on, created_at FROM opened
