-- What an account has ordered so far and no change took away, by product; quoting does not know what
-- else has ended since. Reads only.
SELECT product_id, sum(quantity) AS quantity FROM order_line AS l
WHERE account_id = $1 AND NOT EXISTS (SELECT FROM order_line AS e WHERE e.ends_line_id = l.id)
GROUP BY product_id
