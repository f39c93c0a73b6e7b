-- The values of an opportunity. Append-only: no lock.
SELECT id, opportunity_id, ROW(value_minor, currency) AS value, quote_id, order_id, known_at
FROM opportunity_value
WHERE opportunity_id = $1
