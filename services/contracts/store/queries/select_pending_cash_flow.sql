-- What is signed and has no dates, of one division ($1) and currency ($2) or all (null). Reads
-- only.
SELECT currency,
       ROW(sum(CASE WHEN side = 'sell' THEN term_total_minor ELSE 0 END)::bigint, currency)
         AS inflow,
       ROW(sum(CASE WHEN side = 'buy' THEN term_total_minor ELSE 0 END)::bigint, currency)
         AS outflow,
       count(*) AS schedules
FROM schedule
WHERE status = 'pending'
  AND ($1::uuid IS NULL OR division_id = $1)
  AND ($2::text IS NULL OR currency = $2)
GROUP BY currency
ORDER BY currency
