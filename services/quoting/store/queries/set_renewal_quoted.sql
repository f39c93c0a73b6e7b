-- The caller holds both rows.
WITH done AS (
  UPDATE renewal SET status = 'quoted', quote_id = $2, done_at = $3 WHERE id = $1
  RETURNING renewal_run_id)
UPDATE renewal_run AS r SET quoted = r.quoted + 1, revision = r.revision + 1
FROM done WHERE r.id = done.renewal_run_id
