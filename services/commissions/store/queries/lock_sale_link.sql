-- Locks one sale link that the caller sees.
SELECT revision, status, account_id, contract_id, participant_id, claimed_by
FROM sale_link WHERE id = $1 FOR UPDATE
