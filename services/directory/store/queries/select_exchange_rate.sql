-- Plain reads of one or of a list.
SELECT id, base, quote, rate, "on", source, known_at FROM exchange_rate
