-- Reads only. Serves get and list.
SELECT id, revision, country, customer_country, tax_code, rate, valid_from, created_at FROM tax_rate
