-- The products that an account bought so far, under any order, and that no change took away. Reads
-- only.
SELECT DISTINCT product_id FROM order_line AS l WHERE account_id = $1 AND quantity > 0
  AND NOT EXISTS (SELECT FROM order_line AS e WHERE e.ends_line_id = l.id)
