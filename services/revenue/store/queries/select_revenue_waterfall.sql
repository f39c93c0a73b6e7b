-- Reads only. Serves list. All that a filter may name is grouped by, so that it narrows what is read.
SELECT md5(o.id::text || w.month::text)::uuid AS id, o.id AS performance_obligation_id,
       o.revenue_contract_id, o.account_id, o.division_id, o.contract_id, o.currency, w.month,
       ROW(sum(w.recognised)::bigint, o.currency) AS recognised,
       ROW(sum(w.planned)::bigint, o.currency) AS planned
FROM (
  SELECT performance_obligation_id, date_trunc('month', service_start)::date AS month,
         credit_minor - debit_minor AS recognised, 0 AS planned
  FROM journal_line WHERE ledger_account = 'revenue'
  UNION ALL
  SELECT performance_obligation_id, date_trunc('month', service_start)::date, 0, amount_minor
  FROM planned_revenue) AS w
JOIN performance_obligation AS o ON o.id = w.performance_obligation_id
GROUP BY o.id, o.revenue_contract_id, o.account_id, o.division_id, o.contract_id, o.currency, w.month
