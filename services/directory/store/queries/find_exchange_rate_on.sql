-- The newest known rate of the last day up to the wanted one; one step in the pair's index.
SELECT id, base, quote, rate, "on", source, known_at FROM exchange_rate
WHERE base = $1 AND quote = $2 AND "on" <= $3::date
ORDER BY "on" DESC, known_at DESC, id DESC
LIMIT 1
