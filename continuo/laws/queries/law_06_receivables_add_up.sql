-- 6. Receivables = invoices - credits - payments, document by document
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(number) FILTER (WHERE differs) AS example
FROM (
  SELECT i.number,
         i.credited_minor <> coalesce((SELECT sum(c.net_minor + c.tax_minor)
                                       FROM billing.credit_note AS c
                                       WHERE c.invoice_id = i.invoice_id), 0)
         OR i.allocated_minor <> coalesce((SELECT sum(a.amount_minor)
                                           FROM billing.allocation AS a
                                           WHERE a.invoice_id = i.invoice_id), 0)
         OR i.balance_minor <> i.total_minor - i.credited_minor - i.allocated_minor AS differs
  FROM billing.issued_invoice AS i
) AS invoices
