-- What an account has ordered so far, by product; quoting does not know what has ended since. Reads
-- only.
SELECT product_id, sum(quantity) AS quantity FROM order_line WHERE account_id = $1 GROUP BY product_id
