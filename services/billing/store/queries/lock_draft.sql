-- Locks an invoice for issuing or voiding: one of two who try waits and finds it no draft any more.
SELECT id, account_id, division_id, currency, issue_on, payment_days, net_minor, tax_minor, line_count, voided_at
FROM invoice WHERE id = $1::uuid FOR UPDATE
