-- Takes the rows of these accounts, in the order of their ids, so that two replacements follow each
-- other; back come those of which this revision, or a newer one, is not in already.
INSERT INTO account_access_revision (account_id, revision)
SELECT account_id, $2::bigint FROM unnest($1::uuid[]) AS a (account_id) ORDER BY account_id
ON CONFLICT (account_id) DO UPDATE SET revision = excluded.revision
WHERE account_access_revision.revision < excluded.revision
RETURNING account_id
