-- The rates of the version that was last handed in, one row at least where one was. Reads only.
SELECT v.version, (v.submitted_at AT TIME ZONE q.time_zone)::date AS submitted_on, r.cost_currency,
       r.base, r.quote, r.rate, r."on", r.source
FROM quote_version v JOIN quote q ON q.id = v.quote_id
LEFT JOIN quote_exchange_rate r ON r.quote_id = v.quote_id AND r.version = v.version
WHERE v.quote_id = $1
  AND v.version = (SELECT max(version) FROM quote_version WHERE quote_id = $1)
ORDER BY r.cost_currency
