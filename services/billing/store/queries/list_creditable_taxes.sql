-- Reads only, after lock_issued_invoice: each rate with the tax that earlier notes credited.
SELECT t.tax_code, t.rate, t.base_minor, t.tax_minor,
       coalesce((SELECT sum(c.tax_minor) FROM credit_note_tax AS c
                 JOIN credit_note AS n ON n.id = c.credit_note_id
                 WHERE n.invoice_id = t.invoice_id AND c.tax_code = t.tax_code
                   AND c.rate = t.rate), 0)::bigint AS credited_minor
FROM invoice_tax AS t WHERE t.invoice_id = $1::uuid ORDER BY t.tax_code, t.rate
