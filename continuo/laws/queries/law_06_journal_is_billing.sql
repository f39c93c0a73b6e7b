-- 6. The journal's receivables and unapplied cash are billing's, by account and currency
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT account_id::text || ' ' || currency AS example,
         sum(receivable) <> 0 OR sum(unapplied) <> 0 AS differs
  FROM (
    SELECT e.account_id, e.currency,
           CASE WHEN l.ledger_account = 'accounts_receivable'
                THEN l.debit_minor - l.credit_minor ELSE 0 END AS receivable,
           CASE WHEN l.ledger_account = 'unapplied_cash'
                THEN l.credit_minor - l.debit_minor ELSE 0 END AS unapplied
    FROM revenue.journal_line AS l
    JOIN revenue.journal_entry AS e ON e.id = l.journal_entry_id
    UNION ALL
    SELECT account_id, currency, -balance_minor, 0 FROM billing.issued_invoice
    UNION ALL
    SELECT account_id, currency, 0, allocated_minor - amount_minor
    FROM billing.payment WHERE reversed_on IS NULL
  ) AS entries
  GROUP BY account_id, currency
) AS accounts
