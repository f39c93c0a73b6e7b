-- A new link ends the one before. The caller holds the row.
UPDATE proposal
SET revision = revision + 1, status = 'sent', link_hash = $2, link_expires_at = $3, sent_at = $4
WHERE id = $1
