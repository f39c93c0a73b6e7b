-- The contract is locked. What each obligation has earned, by month of service.
SELECT performance_obligation_id, date_trunc('month', service_start)::date AS month,
       sum(credit_minor - debit_minor)::bigint AS amount_minor
FROM journal_line
WHERE performance_obligation_id = ANY ($1::uuid[])
GROUP BY performance_obligation_id, month
ORDER BY performance_obligation_id, month
