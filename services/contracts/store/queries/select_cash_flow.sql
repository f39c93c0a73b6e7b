-- Bill dates from $1 until before $2, of one division ($3) and currency ($4) or all (null). Reads
-- only.
SELECT to_char(l.bill_on, 'YYYY-MM') AS month, l.currency,
       ROW(sum(CASE WHEN s.side = 'sell' THEN l.amount_minor ELSE 0 END)::bigint, l.currency)
         AS inflow,
       ROW(sum(CASE WHEN s.side = 'buy' THEN l.amount_minor ELSE 0 END)::bigint, l.currency)
         AS outflow,
       ROW(sum(CASE WHEN s.side = 'sell' THEN l.amount_minor ELSE -l.amount_minor END)::bigint,
           l.currency) AS net
FROM schedule_line AS l
JOIN schedule AS s ON s.id = l.schedule_id
WHERE l.bill_on >= $1 AND l.bill_on < $2
  AND ($3::uuid IS NULL OR l.division_id = $3)
  AND ($4::text IS NULL OR l.currency = $4)
  AND NOT EXISTS (SELECT FROM schedule_line_void AS v WHERE v.schedule_line_id = l.id)
GROUP BY to_char(l.bill_on, 'YYYY-MM'), l.currency
ORDER BY month, currency
