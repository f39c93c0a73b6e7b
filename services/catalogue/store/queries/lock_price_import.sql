-- Locks the one row that a command changes, until its transaction ends: pieces come one by one.
SELECT revision FROM price_import WHERE id = $1 FOR UPDATE
