-- The books are locked. A period that was closed meanwhile is refused by its trigger.
WITH books AS (
  UPDATE division_books SET closed_through = $3 WHERE division_id = $2::uuid
)
UPDATE accounting_period SET closed_at = $4, closed_by = $5::uuid, revision = revision + 1
WHERE id = $1::uuid
