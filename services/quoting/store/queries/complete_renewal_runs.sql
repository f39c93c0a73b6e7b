-- Runs of which nothing waits any more.
UPDATE renewal_run AS r
SET status = 'completed', revision = r.revision + 1, finished_at = $1
WHERE r.status = 'running'
  AND NOT EXISTS (SELECT FROM renewal AS w WHERE w.renewal_run_id = r.id AND w.status = 'waiting')
RETURNING r.id
