-- The row is locked by lock_participant. $2 null: it stays open.
UPDATE participant SET valid_to = coalesce($2, valid_to), revision = revision + 1 WHERE id = $1
