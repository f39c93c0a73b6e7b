-- Reads only. The columns of select_invoices, and whom the document names.
SELECT i.id, coalesce(s.revision, CASE WHEN i.voided_at IS NULL THEN 1 ELSE 2 END) AS revision,
       s.number,
       CASE WHEN i.voided_at IS NOT NULL THEN 'void'
            WHEN s.invoice_id IS NULL THEN 'draft'
            WHEN s.balance_minor = 0 THEN 'paid'
            ELSE 'issued' END AS status,
       i.account_id, i.division_id, i.bill_run_id, i.currency, i.issue_on, s.issued_on, s.due_on,
       ROW(i.net_minor, i.currency) AS net, ROW(i.tax_minor, i.currency) AS tax,
       ROW(i.net_minor + i.tax_minor, i.currency) AS total,
       CASE WHEN s.invoice_id IS NOT NULL THEN ROW(s.balance_minor, i.currency) END AS balance,
       i.line_count, i.payment_days, i.created_at, i.customer_revision, i.seller_revision
FROM invoice AS i LEFT JOIN issued_invoice AS s ON s.invoice_id = i.id
WHERE i.id = $1::uuid
