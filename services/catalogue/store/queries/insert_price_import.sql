-- A new import. The book is held by share_price_book before.
INSERT INTO price_import (id, price_book_id, account_id, format, status, created_at)
VALUES ($1, $2, $3, $4, 'open', $5)
