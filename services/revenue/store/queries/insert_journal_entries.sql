-- Entries with their lines, in one statement, so that the triggers see both. The books are locked.
-- What was posted before is refused by journal_entry_source. $1 now.
WITH entry AS MATERIALIZED (
  SELECT t.id, t.account_id, t.division_id, t.kind, t.source, t.invoice_id, t.payment_id, t.currency,
         t.effective_on, greatest(t.effective_on, b.closed_through + 1) AS posted_on
  FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[],
              $9::text[], $10::date[])
         AS t (id, account_id, division_id, kind, source, invoice_id, payment_id, currency,
               effective_on)
  LEFT JOIN division_books AS b ON b.division_id = t.division_id
), period AS (
  INSERT INTO accounting_period (id, division_id, start_on, created_at)
  SELECT DISTINCT md5(division_id::text || date_trunc('month', posted_on)::date::text)::uuid,
         division_id, date_trunc('month', posted_on)::date, $1::timestamptz
  FROM entry WHERE division_id IS NOT NULL ORDER BY division_id, 3
  ON CONFLICT DO NOTHING
), added AS (
  INSERT INTO journal_entry (id, account_id, division_id, kind, source, invoice_id, payment_id,
                             currency, effective_on, posted_on, known_at)
  SELECT id, account_id, division_id, kind, source, invoice_id, payment_id, currency, effective_on,
         posted_on, $1::timestamptz
  FROM entry
)
INSERT INTO journal_line (journal_entry_id, position, account_id, ledger_account, debit_minor,
                          credit_minor, revenue_contract_id)
SELECT e.id, row_number() OVER (PARTITION BY e.id ORDER BY l.ordinality), e.account_id,
       l.ledger_account, greatest(l.amount_minor, 0), greatest(-l.amount_minor, 0),
       l.revenue_contract_id
FROM unnest($11::uuid[], $12::text[], $13::bigint[], $14::uuid[]) WITH ORDINALITY
       AS l (entry_id, ledger_account, amount_minor, revenue_contract_id, ordinality)
JOIN entry AS e ON e.id = l.entry_id
