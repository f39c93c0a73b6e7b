-- Holds a book as it is while its entries change: it is not published in between, and others change
-- other entries.
SELECT status, account_id FROM price_book WHERE id = $1 FOR SHARE
