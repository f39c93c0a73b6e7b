-- How one line's price came to be. Reads only.
SELECT l.quote_id, l.id AS line_id, q.revision AS quote_revision, l.product_id, l.product_version,
       l.quantity, l.waterfall, ROW(l.list_minor, l.currency) AS list_amount,
       ROW(l.net_minor, l.currency) AS net_amount, l.periods,
       ROW(l.term_minor, l.currency) AS term_total, l.product -> 'price_book' AS price_book
FROM quote_line l JOIN quote q ON q.id = l.quote_id
WHERE l.quote_id = $1 AND l.id = $2
