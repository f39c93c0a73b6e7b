-- Locks the contract: whoever changes an obligation may change what its siblings are allocated.
SELECT c.id, c.currency, c.time_zone
FROM performance_obligation AS o JOIN revenue_contract AS c ON c.id = o.revenue_contract_id
WHERE o.order_line_id = $1::uuid
FOR UPDATE OF c
