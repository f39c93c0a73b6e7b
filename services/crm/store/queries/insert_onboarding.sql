-- A new onboarding from its JSON.
INSERT INTO onboarding (id, account_id, product_id, name, steps, blocks_sale, metadata, created_at)
SELECT $1, $3, $4, doc ->> 'name', doc -> 'steps', (doc ->> 'blocks_sale')::boolean,
       doc -> 'metadata', $5
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
