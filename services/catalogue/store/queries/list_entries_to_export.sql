-- The next $4 entries of a book ($1) after a product ($2) and level ($3), in the order of the unique
-- index. Entries of a published book never change: no lock.
SELECT e.id, p.code AS product_code, e.service_level, e.unit_price, e.bands, e.percent,
       e.minimum_amount, e.maximum_amount
FROM price_book_entry AS e JOIN product AS p ON p.id = e.product_id
WHERE e.price_book_id = $1 AND (e.product_id, e.service_level) > ($2, $3)
ORDER BY e.product_id, e.service_level
LIMIT $4
