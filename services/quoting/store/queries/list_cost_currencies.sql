-- The foreign currencies that purchases for a quote's lines are paid in. Reads only.
SELECT DISTINCT element ->> 'currency' AS cost_currency, q.currency AS quote_currency, q.time_zone
FROM quote q JOIN quote_line l ON l.quote_id = q.id
CROSS JOIN LATERAL jsonb_array_elements(l.product -> 'purchasing') AS element
WHERE q.id = $1 AND element ->> 'currency' <> q.currency
