-- Locks the one row that a command changes, until its transaction ends.
SELECT revision FROM supplier WHERE id = $1 FOR UPDATE
