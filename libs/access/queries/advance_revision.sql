-- Takes the account's row, so that two replacements of one account follow each other; no row back when
-- this revision, or a newer one, is in already.
INSERT INTO account_access_revision (account_id, revision) VALUES ($1, $2)
ON CONFLICT (account_id) DO UPDATE SET revision = excluded.revision
WHERE account_access_revision.revision < excluded.revision
RETURNING revision
