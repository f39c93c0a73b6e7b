-- Reads only. Serves list.
SELECT id, bill_run_id, account_id, currency, code, detail, created_at FROM bill_run_set_aside
