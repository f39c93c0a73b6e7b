-- Reads only: whom the next chunk bills and whose current snapshot is not here.
SELECT g.position, g.account_id
FROM bill_run_group AS g LEFT JOIN customer_head AS h ON h.account_id = g.account_id
WHERE g.bill_run_id = $1::uuid AND g.position > $2 AND g.position <= $2 + $3
  AND coalesce(h.revision < h.announced, true)
ORDER BY g.position LIMIT $4
