-- The lines of a draft that an order was priced as; in the transaction that made both.
DELETE FROM quote_line WHERE quote_id = $1
