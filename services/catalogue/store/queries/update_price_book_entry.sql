-- Replaces an entry's figures by its JSON. The row is locked by lock_price_book_entry before, and the
-- book held by share_price_book.
UPDATE price_book_entry
SET revision = revision + 1, unit_price = (doc ->> 'unit_price')::numeric, bands = doc -> 'bands',
    percent = (doc ->> 'percent')::numeric,
    minimum_amount = (doc ->> 'minimum_amount')::numeric,
    maximum_amount = (doc ->> 'maximum_amount')::numeric
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
