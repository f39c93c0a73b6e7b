-- The row is locked by lock_participant.
UPDATE participant SET revision = revision + 1 WHERE id = $1
