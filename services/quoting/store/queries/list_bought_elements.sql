-- What has to be bought for the lines of a quote that are chosen, one row an element, from the frozen products.
-- Reads only.
SELECT l.id AS line_id, l.product_id, l.product_code, l.quantity,
       element ->> 'name' AS name, element ->> 'supplier_id' AS supplier_id,
       element ->> 'currency' AS cost_currency, element ->> 'unit_cost' AS unit_cost,
       nullif(element -> 'period', 'null') AS period,
       coalesce(l.term_length, nullif(l.product -> 'term' -> 'length', 'null')) AS term
FROM quote_line l
CROSS JOIN LATERAL jsonb_array_elements(purchasing_at(l.product -> 'purchasing', l.quantity))
  WITH ORDINALITY AS e(element, nth)
WHERE l.quote_id = $1 AND l.chosen ORDER BY l.position, nth
