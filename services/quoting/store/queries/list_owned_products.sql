-- The products that an account bought so far, under any order. Reads only.
SELECT DISTINCT product_id FROM order_line WHERE account_id = $1 AND quantity > 0
