-- Reads only: the divisions of invoices that are posted.
SELECT source AS invoice_id, division_id FROM journal_entry
WHERE kind = 'invoice' AND source = ANY ($1::uuid[])
