-- The row is locked.
UPDATE schedule
SET status = 'initialised', revision = revision + 1, supplier_id = $2, start_on = $3, end_on = $4,
    term_total_minor = $5
WHERE id = $1
RETURNING revision
