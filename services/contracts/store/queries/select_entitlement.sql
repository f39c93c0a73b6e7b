-- What is served on a day ($1): sold schedules that contain it, with their contract line as it
-- holds on that day. Reads only.
SELECT s.id, s.account_id, s.contract_id, s.order_line_id, c.product_id, c.product_code,
       s.description, s.quantity, c.unit, nullif(s.service_level, '') AS service_level,
       c.service_level_terms, s.start_on, s.end_on, $1::date AS "on"
FROM schedule AS s
CROSS JOIN LATERAL (
  SELECT n.product_id, n.product_code, n.unit, n.service_level_terms
  FROM contract_line AS n
  WHERE n.order_line_id = s.order_line_id
  ORDER BY (n.effective_on <= $1) DESC, n.effective_on DESC, n.known_at DESC
  LIMIT 1) AS c
WHERE s.side = 'sell' AND s.start_on <= $1 AND $1 < s.end_on
