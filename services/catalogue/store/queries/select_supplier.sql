-- One supplier ($1) or all of them (null). Reads only.
SELECT id, revision, code, name, currency, country, tax_number, payment_days, metadata, created_at
FROM supplier
WHERE $1::uuid IS NULL OR id = $1
