-- When the next quote is past its last day. Reads only, by the partial index.
SELECT min(expires_at) AS at FROM quote WHERE status IN ('submitted', 'approved', 'released', 'negotiating')
