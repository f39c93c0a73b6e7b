-- Locks the one row that a command changes, until its transaction ends.
SELECT revision FROM price_book_entry WHERE price_book_id = $1 AND id = $2 FOR UPDATE
