-- Locks the one row that a command changes, until its transaction ends.
SELECT revision FROM index_series WHERE id = $1 FOR UPDATE
