-- Credits never change: no lock. $1 an id, or null for all.
SELECT c.id, c.account_id, c.participant_id, c.sale_link_id, c.plan_id, c.plan_version, c.cause,
       ROW(c.basis_minor, c.currency) AS basis_to_date, c.split_percent,
       ROW(c.earned_minor, c.currency) AS earned_to_date,
       ROW(c.credited_before_minor, c.currency) AS credited_before,
       ROW(c.amount_minor, c.currency) AS amount, c.derivation, l.commission_statement_id,
       c.effective_on, c.known_at
FROM credit AS c LEFT JOIN statement_line AS l ON l.credit_id = c.id
WHERE $1::uuid IS NULL OR c.id = $1
