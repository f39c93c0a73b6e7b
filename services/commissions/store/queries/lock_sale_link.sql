-- Locks one sale link that the caller sees or, where $2 says that it may claim, recognises.
SELECT revision, status, account_id, contract_id, accepted_on, time_zone, participant_id,
       claimed_by, contested_by, split_revision
FROM lock_recognisable_sale_link($1, $2)
