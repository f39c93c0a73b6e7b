-- The codes of all products that ever stood on some quotes. Reads only.
SELECT DISTINCT product_id, product_code FROM demand WHERE quote_id = ANY ($1::uuid[])
