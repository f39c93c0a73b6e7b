-- Stops a run that is not finished; no row: it is. What it had quoted stays.
UPDATE renewal_run SET status = 'cancelled', revision = revision + 1, finished_at = $2
WHERE id = $1 AND status = 'running'
RETURNING id
