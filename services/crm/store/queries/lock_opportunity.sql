-- Locks the one row that a command or a fact changes, until its transaction ends.
SELECT revision FROM opportunity WHERE id = $1 FOR UPDATE
