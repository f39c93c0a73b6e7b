-- Locks the one row that a command changes, until its transaction ends: a lead converts once.
SELECT revision FROM lead WHERE id = $1 FOR UPDATE
