-- Reads only.
SELECT t.tax_code, t.rate, ROW(t.base_minor, n.currency) AS base, ROW(t.tax_minor, n.currency) AS tax
FROM credit_note_tax AS t JOIN credit_note AS n ON n.id = t.credit_note_id
WHERE t.credit_note_id = $1::uuid ORDER BY t.tax_code, t.rate
