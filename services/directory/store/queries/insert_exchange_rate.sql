-- Rates are only added.
INSERT INTO exchange_rate (id, base, quote, rate, "on", source, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
