-- The rates that a version is handed in with; the caller holds the quote's row.
INSERT INTO quote_exchange_rate (quote_id, version, account_id, cost_currency, base, quote, rate, "on",
                                 source)
SELECT $1, $2, $3, r.cost_currency, r.base, r.quote, r.rate, r."on", r.source
FROM unnest($4::text[], $5::text[], $6::text[], $7::numeric[], $8::date[], $9::text[])
     AS r(cost_currency, base, quote, rate, "on", source)
