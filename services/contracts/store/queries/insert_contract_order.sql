-- Safe to repeat: an order takes effect once; no row means that it has already.
INSERT INTO contract_order (order_id, contract_id, account_id, position, known_at)
VALUES ($1, $2, $3, 1, $4)
ON CONFLICT (order_id) DO NOTHING
