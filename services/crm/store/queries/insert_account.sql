-- A new account from its JSON, in the transaction that links its creator.
INSERT INTO account (id, name, parent_id, division_ids, billing_address, delivery_address,
                     currency, country, tax_ids, payment_days, time_zone, external_ids, metadata,
                     segment, created_at)
SELECT $1, doc ->> 'name', $3, $4, doc -> 'billing_address', doc -> 'delivery_address',
       doc ->> 'currency', doc ->> 'country', doc -> 'tax_ids', (doc ->> 'payment_days')::int,
       doc ->> 'time_zone', doc -> 'external_ids', doc -> 'metadata',
       doc ->> 'segment', $5
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
