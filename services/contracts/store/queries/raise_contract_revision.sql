-- The contract is another from now on: quotes that start from it are told by its revision. The row is
-- taken last, after lines and schedules.
UPDATE contract SET revision = revision + 1 WHERE id = $1
