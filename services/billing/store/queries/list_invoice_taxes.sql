-- Reads only.
SELECT t.tax_code, t.rate, ROW(t.base_minor, i.currency) AS base, ROW(t.tax_minor, i.currency) AS tax
FROM invoice_tax AS t JOIN invoice AS i ON i.id = t.invoice_id
WHERE t.invoice_id = $1::uuid ORDER BY t.tax_code, t.rate
