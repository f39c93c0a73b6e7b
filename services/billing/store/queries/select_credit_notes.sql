-- Reads only. Serves list.
SELECT id, 1 AS revision, number, invoice_id, account_id, division_id, currency, reason, issued_on,
       ROW(net_minor, currency) AS net, ROW(tax_minor, currency) AS tax,
       ROW(net_minor + tax_minor, currency) AS total, line_count, created_at
FROM credit_note
