-- 4. Invoice = lines + tax
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT i.id,
         i.net_minor <> coalesce(l.net, 0) OR i.tax_minor <> coalesce(t.tax, 0)
           OR coalesce(t.base, 0) <> i.net_minor OR i.line_count <> coalesce(l.lines, 0)
           OR issued.total_minor <> i.net_minor + i.tax_minor AS differs
  FROM billing.invoice AS i
  JOIN billing.issued_invoice AS issued ON issued.invoice_id = i.id
  LEFT JOIN (SELECT invoice_id, sum(net_minor) AS net, count(*) AS lines
             FROM billing.invoice_line GROUP BY invoice_id) AS l ON l.invoice_id = i.id
  LEFT JOIN (SELECT invoice_id, sum(tax_minor) AS tax, sum(base_minor) AS base
             FROM billing.invoice_tax GROUP BY invoice_id) AS t ON t.invoice_id = i.id
) AS invoices
