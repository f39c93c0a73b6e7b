-- Under the lock of advance_revisions. The list is the closure's: no two windows of a user overlap.
INSERT INTO account_access (account_id, user_id, valid_from, valid_to)
SELECT account_id, user_id, valid_from, valid_to
FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[]) AS g (account_id, user_id, valid_from, valid_to)
