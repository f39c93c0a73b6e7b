-- The rows of one piece, each product and level once; what the draft had for them is replaced. The book
-- is held by share_price_book before, so that two imports into one book may meet in a row: the later
-- one holds.
INSERT INTO price_book_entry AS e (id, price_book_id, account_id, product_id, service_level, unit_price,
                                   bands, percent, minimum_amount, maximum_amount, created_at)
SELECT r.id, $1, $2, r.product_id, r.service_level, r.unit_price, r.bands::jsonb, r.percent,
       r.minimum_amount, r.maximum_amount, $3
FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::numeric[], $8::text[], $9::numeric[],
            $10::numeric[], $11::numeric[])
  AS r (id, product_id, service_level, unit_price, bands, percent, minimum_amount, maximum_amount)
ORDER BY r.product_id, r.service_level
ON CONFLICT ON CONSTRAINT price_book_entry_element DO UPDATE
SET revision = e.revision + 1, unit_price = excluded.unit_price, bands = excluded.bands,
    percent = excluded.percent, minimum_amount = excluded.minimum_amount,
    maximum_amount = excluded.maximum_amount
