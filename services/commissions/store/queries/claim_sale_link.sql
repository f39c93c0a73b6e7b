-- Locks and changes one row; of two claims the later finds it no longer open.
SELECT id, revision, account_id, contract_id, participant_id
FROM claim_open_sale_link($1, $2, $3)
