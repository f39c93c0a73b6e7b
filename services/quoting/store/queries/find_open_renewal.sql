-- A renewal of the contract that may still be accepted. Reads only.
SELECT number FROM quote
WHERE contract_id = $1 AND kind = 'renewal'
  AND status NOT IN ('accepted', 'declined', 'expired', 'rejected')
LIMIT 1
