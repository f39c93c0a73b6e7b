-- Replaces a supplier by its JSON. The row is locked by lock_supplier before.
UPDATE supplier
SET revision = revision + 1, code = doc ->> 'code', name = doc ->> 'name',
    currency = doc ->> 'currency', country = doc ->> 'country',
    tax_number = doc ->> 'tax_number', payment_days = (doc ->> 'payment_days')::int,
    metadata = doc -> 'metadata'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
