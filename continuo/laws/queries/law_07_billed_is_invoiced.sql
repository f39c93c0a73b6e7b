-- 7. Commission counts what was invoiced, credited and paid of contracts, document by document
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT i.number AS example,
         coalesce(b.net_minor, 0) <> d.net_minor - coalesce(n.net_minor, 0)
           OR coalesce(c.amount_minor, 0) <> i.allocated_minor AS differs
  FROM billing.issued_invoice AS i
  JOIN (SELECT invoice_id, sum(net_minor) AS net_minor FROM billing.invoice_line
        GROUP BY invoice_id) AS d ON d.invoice_id = i.invoice_id
  LEFT JOIN (SELECT invoice_id, sum(net_minor) AS net_minor FROM billing.credit_note
             GROUP BY invoice_id) AS n ON n.invoice_id = i.invoice_id
  LEFT JOIN (SELECT invoice_id, sum(net_minor) AS net_minor FROM commissions.billed
             GROUP BY invoice_id) AS b ON b.invoice_id = i.invoice_id
  LEFT JOIN (SELECT invoice_id, sum(amount_minor) AS amount_minor FROM commissions.collected
             GROUP BY invoice_id) AS c ON c.invoice_id = i.invoice_id
) AS invoices
