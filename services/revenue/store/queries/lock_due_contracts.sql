-- Locks the contracts of a slice of what is due, in the order of their ids.
SELECT id FROM revenue_contract
WHERE id IN (
  SELECT revenue_contract_id FROM (
    SELECT revenue_contract_id FROM planned_revenue
    WHERE division_id = $1::uuid AND time_zone = $2 AND due_on <= $3::date
    ORDER BY due_on, revenue_contract_id LIMIT $4) AS slice)
ORDER BY id FOR UPDATE
