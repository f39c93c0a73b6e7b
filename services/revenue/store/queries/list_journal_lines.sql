-- Reads only.
SELECT l.position, l.ledger_account,
       CASE WHEN l.debit_minor > 0 THEN ROW(l.debit_minor, e.currency) END AS debit,
       CASE WHEN l.credit_minor > 0 THEN ROW(l.credit_minor, e.currency) END AS credit,
       l.revenue_contract_id, l.performance_obligation_id, l.service_start, l.service_end,
       l.progress,
       CASE WHEN l.progress IS NOT NULL THEN ROW(l.progress_of_minor, e.currency) END AS progress_of
FROM journal_line AS l JOIN journal_entry AS e ON e.id = l.journal_entry_id
WHERE l.journal_entry_id = $1::uuid
ORDER BY l.position
