-- The amendments of a contract ($1) or all of them (null), in the order of their ids. Append-only:
-- no lock.
SELECT id, contract_id, order_id, kind, schedule_id, effective_on, known_at, made_by
FROM contract_amendment
WHERE $1::uuid IS NULL OR contract_id = $1
ORDER BY id
