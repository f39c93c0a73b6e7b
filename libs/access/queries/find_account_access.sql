-- One account's grants, in a fixed order, with the revision they came with.
SELECT coalesce(r.revision, 0) AS revision, a.user_id, a.valid_from, a.valid_to
FROM (SELECT $1::uuid AS account_id) AS wanted
LEFT JOIN account_access_revision AS r ON r.account_id = wanted.account_id
LEFT JOIN account_access AS a ON a.account_id = wanted.account_id
ORDER BY a.user_id, a.valid_from
