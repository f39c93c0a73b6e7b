-- The published books that may price a product ($2) for an account ($1), and everybody's, each with
-- what it has for the product: a row for each entry, one without where there is none. Books of other
-- accounts are not looked at. Published books and their entries never change: no lock.
SELECT b.id AS price_book_id, b.code, b.currency, b.account_id, b.segment, b.division_id, b.valid_from, b.valid_to,
       b.published_at, e.service_level, e.unit_price, e.bands, e.percent, e.minimum_amount,
       e.maximum_amount
FROM price_book AS b
LEFT JOIN price_book_entry AS e ON e.price_book_id = b.id AND e.product_id = $2
WHERE b.status = 'published' AND (b.account_id IS NULL OR b.account_id = $1)
ORDER BY b.id, e.service_level
