-- Whose a quote, order or residual demand is. For the worker, which policies do not bind, to ask
-- directory whether the caller may see it after all. Reads only.
SELECT account_id FROM quote WHERE id = $1
UNION ALL SELECT account_id FROM "order" WHERE id = $1
UNION ALL SELECT account_id FROM residual_demand WHERE id = $1
