-- Locks in the order of the ids, as everyone does who posts to several contracts.
SELECT id, order_id, currency, billed_minor, recognised_minor
FROM revenue_contract WHERE order_id = ANY ($1::uuid[])
ORDER BY id FOR UPDATE
