-- The entries of a book ($1), or the one with the id $2. Reads only.
SELECT id, revision, price_book_id, product_id, service_level, unit_price, bands, percent,
       minimum_amount, maximum_amount, created_at
FROM price_book_entry
WHERE price_book_id = $1 AND ($2::uuid IS NULL OR id = $2)
