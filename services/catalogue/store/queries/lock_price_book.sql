-- Locks the one row that a command changes, until its transaction ends.
SELECT revision FROM price_book WHERE id = $1 FOR UPDATE
