-- Some quotes whose last day is over. Locked in id order; one that is being edited is left for the
-- next slice.
SELECT id FROM quote
WHERE id IN (SELECT id FROM quote WHERE status IN ('submitted', 'approved', 'released', 'negotiating')
               AND expires_at <= $1 ORDER BY expires_at LIMIT 100)
ORDER BY id FOR UPDATE SKIP LOCKED
