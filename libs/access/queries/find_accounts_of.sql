-- The accounts of these things: at most one each, whoever may see them. For the worker.
SELECT DISTINCT account_id
FROM unnest($1::uuid[]) AS t (thing), continuo_accounts_of(t.thing) AS account_id
ORDER BY account_id
LIMIT $2
