-- Reads only.
SELECT id, revision, country, customer_country, tax_code, rate, valid_from, created_at
FROM tax_rate WHERE id = $1::uuid
