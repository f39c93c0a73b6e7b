-- A new supplier from its JSON; the unique code refuses a second one.
INSERT INTO supplier (id, code, name, currency, country, tax_number, payment_days, metadata,
                      created_at)
SELECT $1, doc ->> 'code', doc ->> 'name', doc ->> 'currency', doc ->> 'country',
       doc ->> 'tax_number', (doc ->> 'payment_days')::int, doc -> 'metadata', $3
FROM (SELECT jsonb_strip_nulls($2::jsonb) AS doc) AS given
