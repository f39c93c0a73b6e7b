-- One onboarding ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, account_id, product_id, name, steps, blocks_sale,
       CASE WHEN completed_on IS NULL THEN 'open' ELSE 'completed' END AS status, completed_on,
       metadata, created_at
FROM onboarding
WHERE $1::uuid IS NULL OR id = $1
