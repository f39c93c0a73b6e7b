-- Safe to repeat: an order takes effect once; no row means that it has already. The orders of one
-- contract come one after the other, by the account that is their key.
INSERT INTO contract_order (order_id, contract_id, account_id, position, known_at)
SELECT $1, $2, $3, (SELECT count(*) + 1 FROM contract_order WHERE contract_id = $2), $4
ON CONFLICT (order_id) DO NOTHING
