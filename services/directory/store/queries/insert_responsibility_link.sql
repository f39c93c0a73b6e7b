-- No row when the same source has made its link already.
INSERT INTO responsibility_link (id, user_id, account_id, role, level, valid_from, valid_to, cause,
                                 source_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (source_id) DO NOTHING
RETURNING id
