-- Reads only: each with what the invoice's line says.
SELECT c.id, c.position, c.billable_item_id AS invoice_line_id, b.description,
       ROW(c.net_minor, b.currency) AS net, b.tax_code, l.tax_rate, b.period_start, b.period_end,
       b.contract_id, b.order_id, b.order_line_id, b.schedule_line_id
FROM credit_note_line AS c
JOIN invoice_line AS l ON l.billable_item_id = c.billable_item_id
JOIN billable_item AS b ON b.id = c.billable_item_id
WHERE c.credit_note_id = $1::uuid ORDER BY c.position
