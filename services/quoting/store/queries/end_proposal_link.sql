-- Nobody comes by the link any more. The caller holds the row.
UPDATE proposal
SET revision = revision + 1, status = 'revoked', link_hash = NULL, link_expires_at = NULL
WHERE id = $1
