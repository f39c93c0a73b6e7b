-- Locks the verified sale links of contracts, in id order. After insert_billed: a verification that
-- did not see the new amount has committed once the lock is had, and is seen here.
SELECT id FROM sale_link
WHERE contract_id = ANY ($1::uuid[]) AND status = 'verified'
ORDER BY id FOR UPDATE
