-- Reads only: the division as it is known now.
SELECT revision, name, legal_name, currency, time_zone, country, invoice_series, tax_numbers
FROM seller WHERE division_id = $1::uuid ORDER BY revision DESC LIMIT 1
