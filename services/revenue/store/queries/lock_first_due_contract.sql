-- Waits for the contract of what is due first. The transaction holds no other lock, so that nobody
-- waits for it meanwhile.
SELECT id FROM revenue_contract
WHERE id = (
  SELECT revenue_contract_id FROM planned_revenue
  WHERE division_id = $1::uuid AND time_zone = $2 AND due_on <= $3::date
  ORDER BY due_on, revenue_contract_id LIMIT 1)
FOR UPDATE
