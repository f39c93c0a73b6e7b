-- Reads only. Serves list. At the end of the day $1: allocated by then, less earned by then; banded
-- by the days on which the rest was earned since, or is planned to be. Whole months are counted from
-- the day after $1: the end of a February is followed by the end of the next, leap year or not.
SELECT c.id, c.account_id, c.division_id, c.contract_id, c.currency, $1::date AS as_of,
       ROW(a.allocated - e.by_then, c.currency) AS remaining,
       ROW(e.first + p.first, c.currency) AS within_12_months,
       ROW(e.second + p.second, c.currency) AS within_24_months,
       ROW(e.later + p.later, c.currency) AS later,
       ROW(a.allocated - e.by_then - e.first - e.second - e.later - p.first - p.second - p.later,
           c.currency) AS undated
FROM revenue_contract AS c
CROSS JOIN LATERAL (
  SELECT ($1::date + 1 + interval '12 months')::date - 1 AS first,
         ($1::date + 1 + interval '24 months')::date - 1 AS second) AS until
CROSS JOIN LATERAL (
  SELECT coalesce(sum(h.allocated_minor), 0)::bigint AS allocated
  FROM performance_obligation AS o
  CROSS JOIN LATERAL (
    SELECT allocated_minor FROM obligation_change
    WHERE performance_obligation_id = o.id AND effective_on <= $1::date
    ORDER BY id DESC LIMIT 1) AS h
  WHERE o.revenue_contract_id = c.id) AS a
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE j.effective_on <= $1::date), 0)::bigint AS by_then,
         coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE j.effective_on > $1::date AND j.effective_on <= until.first),
                  0)::bigint AS first,
         coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE j.effective_on > until.first AND j.effective_on <= until.second),
                  0)::bigint AS second,
         coalesce(sum(l.credit_minor - l.debit_minor)
                    FILTER (WHERE j.effective_on > until.second), 0)::bigint AS later
  FROM journal_line AS l JOIN journal_entry AS j ON j.id = l.journal_entry_id
  WHERE l.revenue_contract_id = c.id AND l.ledger_account = 'revenue') AS e
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount_minor) FILTER (WHERE effective_on <= until.first), 0)::bigint AS first,
         coalesce(sum(amount_minor) FILTER (WHERE effective_on > until.first
                                              AND effective_on <= until.second), 0)::bigint AS second,
         coalesce(sum(amount_minor) FILTER (WHERE effective_on > until.second), 0)::bigint AS later
  FROM planned_revenue WHERE revenue_contract_id = c.id) AS p
WHERE c.accepted_on <= $1::date AND a.allocated <> e.by_then
