-- A point was added. The row is locked by lock_index_series before.
UPDATE index_series SET revision = revision + 1 WHERE id = $1
