-- Reads only. The line's id is its item's: an item is on one invoice at most. A voided draft shows
-- what stood on it.
SELECT l.billable_item_id AS id, l.position, l.billable_item_id, b.description, b.quantity,
       b.period_start, b.period_end, ROW(l.net_minor, b.currency) AS net, b.tax_code, l.tax_rate,
       b.contract_id, b.order_id, b.order_line_id, b.schedule_line_id
FROM (SELECT invoice_id, position, billable_item_id, net_minor, tax_rate FROM invoice_line
      WHERE invoice_id = $1::uuid
      UNION ALL
      SELECT invoice_id, position, billable_item_id, net_minor, tax_rate FROM voided_invoice_line
      WHERE invoice_id = $1::uuid) AS l
JOIN billable_item AS b ON b.id = l.billable_item_id
ORDER BY l.position
