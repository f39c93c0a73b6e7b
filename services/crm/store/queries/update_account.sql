-- Replaces an account by its JSON. The row is locked by lock_account before.
UPDATE account
SET revision = revision + 1, name = doc ->> 'name', parent_id = $3, division_ids = $4,
    billing_address = doc -> 'billing_address', delivery_address = doc -> 'delivery_address',
    currency = doc ->> 'currency', country = doc ->> 'country', tax_ids = doc -> 'tax_ids',
    payment_days = (doc ->> 'payment_days')::int, time_zone = doc ->> 'time_zone',
    external_ids = doc -> 'external_ids', metadata = doc -> 'metadata',
    segment = doc ->> 'segment'
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
WHERE id = $1
