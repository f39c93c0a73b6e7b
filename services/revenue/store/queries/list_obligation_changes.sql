-- Reads only.
SELECT c.cause, c.effective_on, c.known_at, ROW(c.price_minor, o.currency) AS price,
       ROW(c.ssp_minor, o.currency) AS ssp,
       ROW(c.contract_price_minor, o.currency) AS contract_price,
       ROW(c.contract_ssp_minor, o.currency) AS contract_ssp,
       ROW(c.allocated_minor, o.currency) AS allocated, c.start_on, c.end_on
FROM obligation_change AS c
JOIN performance_obligation AS o ON o.id = c.performance_obligation_id
WHERE c.performance_obligation_id = $1::uuid
ORDER BY c.id
