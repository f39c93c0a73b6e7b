-- The contract is locked.
UPDATE revenue_contract SET price_minor = $2, ssp_minor = $3, revision = revision + 1
WHERE id = $1::uuid
