-- The order that made a contract stands for it: who accepts a change of it holds this row, so two are
-- never accepted at once.
SELECT id FROM "order" WHERE contract_id = $1 AND kind <> 'change' FOR UPDATE
