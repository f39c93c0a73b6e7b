-- Under lock_closure: what was last published of each account.
SELECT account_id, user_id, valid_from, valid_to FROM account_access
WHERE account_id = ANY ($1::uuid[])
ORDER BY account_id, user_id, valid_from
