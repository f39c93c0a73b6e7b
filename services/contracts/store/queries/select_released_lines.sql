-- The lines of a release batch. They never change: no lock.
SELECT l.id AS schedule_line_id, l.schedule_id, s.contract_id, s.order_id, s.order_line_id,
       s.description, s.quantity, l.period_start, l.period_end, l.bill_on,
       ROW(l.amount_minor, l.currency) AS amount, s.tax_code, r.payment_days
FROM schedule_line_release AS r
JOIN schedule_line AS l ON l.id = r.schedule_line_id
JOIN schedule AS s ON s.id = l.schedule_id
WHERE r.release_batch_id = $1
ORDER BY s.contract_id, s.order_line_id, l.period_start, l.id
