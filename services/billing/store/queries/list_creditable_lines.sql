-- Reads only, after lock_issued_invoice: each line with what earlier notes credited.
SELECT l.billable_item_id AS id, l.net_minor, b.tax_code, l.tax_rate AS rate,
       coalesce((SELECT sum(c.net_minor) FROM credit_note_line AS c
                 WHERE c.billable_item_id = l.billable_item_id), 0)::bigint AS credited_minor
FROM invoice_line AS l JOIN billable_item AS b ON b.id = l.billable_item_id
WHERE l.invoice_id = $1::uuid ORDER BY l.position
