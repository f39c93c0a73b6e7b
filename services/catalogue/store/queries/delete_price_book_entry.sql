-- The row is locked by lock_price_book_entry before, and the book held by share_price_book.
DELETE FROM price_book_entry WHERE id = $1
