-- Won by hand, lost, reopened. The row is locked by lock_opportunity before.
UPDATE opportunity
SET revision = revision + 1, status = $2, lost_reason = $3, closed_at = $4
WHERE id = $1
