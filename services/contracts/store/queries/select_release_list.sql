-- Open lines that are due by a day ($1). Reads only.
SELECT l.id, l.schedule_id, l.account_id, l.division_id, s.contract_id, s.order_line_id,
       s.description, s.quantity, l.period_start, l.period_end, l.bill_on, o.release_on,
       ROW(l.amount_minor, l.currency) AS amount, s.side, $1::date AS "on"
FROM open_schedule_line AS o
JOIN schedule_line AS l ON l.id = o.schedule_line_id
JOIN schedule AS s ON s.id = o.schedule_id
WHERE o.release_on <= $1
