-- The next contracts of the oldest run, with how the run wants them; at most $1. Reads only: each is
-- locked when it is done (lock_waiting_renewal.sql).
SELECT w.id, w.contract_id, r.ends_from, r.ends_before, r.uplift_percent, r.valid_until, r.created_by
FROM renewal AS w JOIN renewal_run AS r ON r.id = w.renewal_run_id
WHERE w.status = 'waiting'
  AND r.id = (SELECT id FROM renewal_run WHERE status = 'running' ORDER BY created_at, id LIMIT 1)
ORDER BY w.id LIMIT $1
