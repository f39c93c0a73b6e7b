-- Reads only. Serves list. The id is made of account and currency, so that it stays the same.
SELECT md5(account_id::text || currency)::uuid AS id, account_id, currency,
       ROW(sum(invoiced)::bigint, currency) AS invoiced,
       ROW(sum(credited)::bigint, currency) AS credited,
       ROW(sum(paid)::bigint, currency) AS paid,
       ROW(sum(invoiced - credited - paid)::bigint, currency) AS receivable,
       ROW(sum(overdue)::bigint, currency) AS overdue,
       ROW(sum(unapplied)::bigint, currency) AS unapplied,
       sum(open)::bigint AS open_invoices
FROM (
  SELECT account_id, currency, total_minor AS invoiced, credited_minor AS credited,
         allocated_minor AS paid,
         CASE WHEN overdue_since IS NOT NULL THEN balance_minor ELSE 0 END AS overdue,
         0 AS unapplied, (balance_minor <> 0)::int AS open
  FROM issued_invoice
  UNION ALL
  SELECT account_id, currency, 0, 0, 0, 0, amount_minor - allocated_minor, 0
  FROM payment WHERE reversed_on IS NULL
) AS entry
GROUP BY account_id, currency
