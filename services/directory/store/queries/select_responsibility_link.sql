-- Plain reads of one or of a list; the policy shows those of accounts that the caller sees.
SELECT id, revision, user_id, account_id, role, level, valid_from, valid_to, cause, created_at
FROM responsibility_link
