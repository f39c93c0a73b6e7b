-- The row is locked.
UPDATE schedule
SET status = 'cancelled', revision = revision + 1, end_on = $2, term_total_minor = $3
WHERE id = $1
RETURNING revision
