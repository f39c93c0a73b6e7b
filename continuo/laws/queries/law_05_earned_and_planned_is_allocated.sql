-- 5. Recognised + planned = allocated, for every obligation with dates, and the journal says the same
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT o.id::text AS example,
         o.recognised_minor <> coalesce(l.amount_minor, 0)
           OR (o.start_on IS NOT NULL
               AND o.recognised_minor + coalesce(p.amount_minor, 0) <> o.allocated_minor) AS differs
  FROM revenue.performance_obligation AS o
  LEFT JOIN (SELECT performance_obligation_id, sum(amount_minor) AS amount_minor
             FROM revenue.planned_revenue GROUP BY performance_obligation_id) AS p
    ON p.performance_obligation_id = o.id
  LEFT JOIN (SELECT performance_obligation_id, sum(credit_minor - debit_minor) AS amount_minor
             FROM revenue.journal_line WHERE ledger_account = 'revenue'
             GROUP BY performance_obligation_id) AS l
    ON l.performance_obligation_id = o.id
) AS obligations
