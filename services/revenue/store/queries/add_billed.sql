-- The contracts are locked.
UPDATE revenue_contract AS c
SET billed_minor = c.billed_minor + t.amount_minor, revision = c.revision + 1
FROM unnest($1::uuid[], $2::bigint[]) AS t (id, amount_minor) WHERE c.id = t.id
