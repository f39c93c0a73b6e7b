-- What was asked for on a quote so far; the caller holds the quote's row.
SELECT product_id, product_code, first_asked, peak_asked, last_asked FROM demand WHERE quote_id = $1
ORDER BY product_id
