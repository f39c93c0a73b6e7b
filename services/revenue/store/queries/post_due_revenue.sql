-- A slice of what is due becomes journal entries: one for each contract and day on which it is
-- earned. The contracts in $1 and the division's books are locked; a row that is taken from the plan
-- is posted, or neither. A contract's position is what is billed less what is earned: above zero a
-- liability, below an asset; each entry moves it from `before` to `after` (domain/posting.h).
-- $2 today, $3 rows, $4 as many ids for entries, $5 now
WITH taken AS MATERIALIZED (
  DELETE FROM planned_revenue WHERE id IN (
    SELECT id FROM planned_revenue
    WHERE revenue_contract_id = ANY ($1::uuid[]) AND due_on <= $2::date
    ORDER BY due_on, revenue_contract_id, id LIMIT $3)
  RETURNING id, performance_obligation_id, revenue_contract_id, service_start, service_end,
            effective_on, amount_minor, progress, progress_of_minor
), day AS MATERIALIZED (
  SELECT revenue_contract_id, effective_on, sum(amount_minor)::bigint AS amount_minor,
         row_number() OVER (ORDER BY effective_on, revenue_contract_id) AS ordinal
  FROM taken GROUP BY revenue_contract_id, effective_on
), entry AS MATERIALIZED (
  SELECT n.id, d.revenue_contract_id, d.effective_on, d.amount_minor, c.account_id, c.division_id,
         c.contract_id, c.currency, greatest(d.effective_on, b.closed_through + 1) AS posted_on,
         c.revision + row_number() OVER earlier AS revision,
         c.billed_minor - c.recognised_minor - sum(d.amount_minor) OVER earlier + d.amount_minor
           AS before,
         c.billed_minor - c.recognised_minor - sum(d.amount_minor) OVER earlier AS after
  FROM day AS d
  JOIN unnest($4::uuid[]) WITH ORDINALITY AS n (id, ordinality) ON n.ordinality = d.ordinal
  JOIN revenue_contract AS c ON c.id = d.revenue_contract_id
  JOIN division_books AS b ON b.division_id = c.division_id
  WINDOW earlier AS (PARTITION BY d.revenue_contract_id ORDER BY d.effective_on)
), line AS (
  SELECT e.id AS entry_id, 1 AS part, t.id AS planned_id, 'revenue' AS ledger_account,
         -t.amount_minor AS amount_minor, t.performance_obligation_id, t.service_start, t.service_end,
         t.progress, t.progress_of_minor
  FROM taken AS t
  JOIN entry AS e USING (revenue_contract_id, effective_on)
  UNION ALL
  SELECT id, 2, 0, 'contract_liability', greatest(before, 0) - greatest(after, 0), NULL, NULL, NULL,
         NULL, NULL
  FROM entry
  UNION ALL
  SELECT id, 3, 0, 'contract_asset', greatest(-after, 0) - greatest(-before, 0), NULL, NULL, NULL,
         NULL, NULL
  FROM entry
), period AS (
  INSERT INTO accounting_period (id, division_id, start_on, created_at)
  SELECT DISTINCT md5(division_id::text || date_trunc('month', posted_on)::date::text)::uuid,
         division_id, date_trunc('month', posted_on)::date, $5::timestamptz
  FROM entry ORDER BY division_id, 3
  ON CONFLICT DO NOTHING
), added_entries AS (
  INSERT INTO journal_entry (id, account_id, division_id, kind, source, source_version, currency,
                             effective_on, posted_on, known_at)
  SELECT id, account_id, division_id, 'revenue', revenue_contract_id, revision, currency,
         effective_on, posted_on, $5::timestamptz
  FROM entry
), added_lines AS (
  INSERT INTO journal_line (journal_entry_id, position, account_id, ledger_account, debit_minor,
                            credit_minor, revenue_contract_id, performance_obligation_id,
                            service_start, service_end, progress, progress_of_minor)
  SELECT e.id, row_number() OVER (PARTITION BY e.id ORDER BY l.part, l.planned_id), e.account_id,
         l.ledger_account, greatest(l.amount_minor, 0), greatest(-l.amount_minor, 0),
         e.revenue_contract_id, l.performance_obligation_id, l.service_start, l.service_end,
         l.progress, l.progress_of_minor
  FROM line AS l JOIN entry AS e ON e.id = l.entry_id
  WHERE l.amount_minor <> 0
), earned AS (
  UPDATE performance_obligation AS o
  SET recognised_minor = o.recognised_minor + t.amount_minor, revision = o.revision + 1
  FROM (SELECT performance_obligation_id, sum(amount_minor)::bigint AS amount_minor
        FROM taken GROUP BY performance_obligation_id) AS t
  WHERE o.id = t.performance_obligation_id
), moved AS (
  UPDATE revenue_contract AS c
  SET recognised_minor = c.recognised_minor + t.amount_minor, revision = t.revision
  FROM (SELECT revenue_contract_id, sum(amount_minor)::bigint AS amount_minor,
               max(revision) AS revision
        FROM entry GROUP BY revenue_contract_id) AS t
  WHERE c.id = t.revenue_contract_id
)
SELECT revenue_contract_id, revision, account_id, contract_id, posted_on, amount_minor, currency
FROM entry ORDER BY revenue_contract_id, revision
