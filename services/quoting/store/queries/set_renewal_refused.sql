-- The caller holds both rows.
WITH done AS (
  UPDATE renewal SET status = 'refused', code = $2, detail = $3, done_at = $4 WHERE id = $1
  RETURNING renewal_run_id)
UPDATE renewal_run AS r SET refused = r.refused + 1, revision = r.revision + 1
FROM done WHERE r.id = done.renewal_run_id
