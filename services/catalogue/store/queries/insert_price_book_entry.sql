-- A new entry from its JSON; a second one for the same product and level is refused. The book is held
-- by share_price_book before.
INSERT INTO price_book_entry (id, price_book_id, account_id, product_id, service_level, unit_price,
                              bands, percent, minimum_amount, maximum_amount, created_at)
SELECT $1, $3, $4, $5, coalesce(doc ->> 'service_level', ''), (doc ->> 'unit_price')::numeric,
       doc -> 'bands', (doc ->> 'percent')::numeric, (doc ->> 'minimum_amount')::numeric,
       (doc ->> 'maximum_amount')::numeric, $6
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
