-- Under lock_closure.
SELECT id, account_id, user_id, valid_from, valid_to FROM responsibility_link
WHERE account_id = ANY ($1::uuid[])
ORDER BY account_id, id
