-- Once for each order: a repeat answers no row.
INSERT INTO revenue_contract (id, account_id, division_id, contract_id, order_id, currency,
                              accepted_on, time_zone, price_minor, ssp_minor, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (order_id) DO NOTHING
RETURNING id
