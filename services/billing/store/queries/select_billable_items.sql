-- Reads only. Serves get and list. On an invoice comes before set aside: what someone holds while a
-- run is billing it is billed.
SELECT i.id, 1 AS revision, i.account_id, i.division_id, i.source, i.contract_id, i.order_id,
       i.order_line_id, i.schedule_id, i.schedule_line_id, i.release_batch_id, i.description,
       i.quantity, i.period_start, i.period_end, i.bill_on,
       ROW(i.amount_minor, i.currency) AS amount, i.tax_code, i.payment_days, i.created_at,
       l.invoice_id, s.code AS set_aside_code, s.detail AS set_aside_detail,
       coalesce(s.held, false) AS held,
       CASE WHEN l.invoice_id IS NOT NULL THEN 'invoiced'
            WHEN s.billable_item_id IS NOT NULL THEN 'set_aside'
            ELSE 'open' END AS state
FROM billable_item AS i
LEFT JOIN invoice_line AS l ON l.billable_item_id = i.id
LEFT JOIN set_aside_item AS s ON s.billable_item_id = i.id
