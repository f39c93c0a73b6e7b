-- Plain reads of one or of a list; the policy shows those of accounts that the caller sees.
SELECT id, revision, user_id, account_id, role, level, valid_from, valid_to, cause, created_at,
       (SELECT max(e.known_at) FROM responsibility_link_ending AS e WHERE e.link_id = l.id) AS ended_at
FROM responsibility_link AS l
