-- Whether a book has a price. Its row is locked by lock_price_book before, so that none goes.
SELECT EXISTS (SELECT FROM price_book_entry WHERE price_book_id = $1) AS has_entries
