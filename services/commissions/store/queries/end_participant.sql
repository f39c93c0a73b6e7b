-- The row is locked by lock_participant. $2 null: it is open again.
UPDATE participant SET valid_to = $2, revision = revision + 1 WHERE id = $1
