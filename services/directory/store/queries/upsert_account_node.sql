-- Guarded by the source's version: an older fact never replaces a newer one.
INSERT INTO account_node (account_id, parent_id, source_version) VALUES ($1, $2, $3)
ON CONFLICT (account_id) DO UPDATE
SET parent_id = excluded.parent_id, source_version = excluded.source_version
WHERE account_node.source_version < excluded.source_version
