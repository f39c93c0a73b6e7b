-- Locks the contracts of a slice of what is due, without those that somebody else has locked: who
-- holds some and waits for others may wait for whoever waits for it, since a batch of a consumer
-- locks contracts in the order of its events. What is left out stays due.
SELECT id FROM revenue_contract
WHERE id IN (
  SELECT revenue_contract_id FROM (
    SELECT revenue_contract_id FROM planned_revenue
    WHERE division_id = $1::uuid AND time_zone = $2 AND due_on <= $3::date
    ORDER BY due_on, revenue_contract_id LIMIT $4) AS slice)
ORDER BY id FOR UPDATE SKIP LOCKED
