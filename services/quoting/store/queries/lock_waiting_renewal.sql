-- A contract of a run that is to be quoted or refused. Its run is locked first, so a run that is
-- cancelled makes no more quotes.
SELECT w.id
FROM renewal AS w JOIN renewal_run AS r ON r.id = w.renewal_run_id
WHERE w.id = $1 AND w.status = 'waiting' AND r.status = 'running'
FOR UPDATE OF r, w
