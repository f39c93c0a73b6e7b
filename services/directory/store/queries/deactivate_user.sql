-- Under lock_user. Only the first time changes the row.
UPDATE member SET revision = revision + 1, status = 'deactivated', deactivated_at = $2
WHERE id = $1 AND status = 'active'
