-- What of a book may change, from its JSON. The row is locked by lock_price_book before.
UPDATE price_book
SET revision = revision + 1, name = doc ->> 'name', valid_from = (doc ->> 'valid_from')::date,
    valid_to = (doc ->> 'valid_to')::date, metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
