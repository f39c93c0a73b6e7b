-- 6. Debits = credits, in every journal entry, and so per currency
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT e.id::text AS example,
         count(l.position) = 0 OR sum(l.debit_minor) <> sum(l.credit_minor) AS differs
  FROM revenue.journal_entry AS e
  LEFT JOIN revenue.journal_line AS l ON l.journal_entry_id = e.id
  GROUP BY e.id
) AS entries
