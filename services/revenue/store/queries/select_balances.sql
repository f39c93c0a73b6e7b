-- Reads only. Serves list. From the journal, by what is posted up to $1; null: all of it. The lines of
-- a contract are netted: a later posting with an earlier day may have moved the other account.
SELECT c.id, c.account_id, c.division_id, c.contract_id, c.currency,
       ROW(b.position + b.recognised, c.currency) AS billed,
       ROW(b.recognised, c.currency) AS recognised,
       ROW(greatest(-b.position, 0), c.currency) AS contract_asset,
       ROW(greatest(b.position, 0), c.currency) AS contract_liability
FROM revenue_contract AS c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE l.ledger_account = 'revenue'), 0)::bigint AS recognised,
         coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE l.ledger_account <> 'revenue'), 0)::bigint AS position
  FROM journal_line AS l JOIN journal_entry AS e ON e.id = l.journal_entry_id
  WHERE l.revenue_contract_id = c.id AND ($1::date IS NULL OR e.posted_on <= $1::date)) AS b
