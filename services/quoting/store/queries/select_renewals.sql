-- The contracts of runs and what became of each. Reads only.
SELECT id, renewal_run_id, contract_id, account_id, status, quote_id, code, detail, done_at
FROM renewal
