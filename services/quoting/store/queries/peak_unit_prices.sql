-- The dearest net unit price of each product in the revisions of a quote, where the quantity was no
-- smaller than the one given here: what a larger quantity makes cheaper was not given away. Reads only.
SELECT p.product_id, max((e ->> 'unit_price')::numeric) AS unit_price
FROM unnest($2::text[], $3::numeric[]) AS p(product_id, quantity)
JOIN quote_revision r ON r.quote_id = $1 AND r.products IS NOT NULL
CROSS JOIN LATERAL jsonb_array_elements(r.products) AS e
WHERE e ->> 'product_id' = p.product_id AND e ->> 'unit_price' IS NOT NULL
  AND (e ->> 'quantity')::numeric >= p.quantity
GROUP BY p.product_id
