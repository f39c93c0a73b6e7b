-- 7. A statement is the sum of its credits, and each credit is on one or waits for one
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT s.id,
         s.earned_minor IS DISTINCT FROM sum(c.amount_minor) OR s.line_count <> count(c.id)
           OR bool_or(c.participant_id <> s.participant_id OR c.currency <> s.currency) AS differs
  FROM commissions.commission_statement AS s
  LEFT JOIN commissions.statement_line AS l ON l.commission_statement_id = s.id
  LEFT JOIN commissions.credit AS c ON c.id = l.credit_id
  GROUP BY s.id
  UNION ALL
  SELECT c.id, (l.credit_id IS NULL) = (u.credit_id IS NULL) AS differs
  FROM commissions.credit AS c
  LEFT JOIN commissions.statement_line AS l ON l.credit_id = c.id
  LEFT JOIN commissions.unstated_credit AS u ON u.credit_id = c.id
) AS statements
