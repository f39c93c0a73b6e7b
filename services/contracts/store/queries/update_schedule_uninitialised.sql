-- The row is locked.
UPDATE schedule
SET status = 'pending', revision = revision + 1, start_on = NULL, end_on = NULL
WHERE id = $1
RETURNING revision
