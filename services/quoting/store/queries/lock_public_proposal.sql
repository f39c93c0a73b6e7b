-- The link's proposal, while something is done by it: revoking it waits, or has come first.
SELECT id, revision, account_id, quote_id FROM proposal WHERE link_hash = $1 AND link_expires_at > $2 FOR UPDATE
