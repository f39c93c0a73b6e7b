-- 7. Paid <= earned: no payment of a statement went beyond the credits that were known by then
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT s.id,
         s.paid_before_minor <> coalesce(before.paid_minor, 0)
           OR (s.paid_minor > 0 AND s.paid_before_minor + s.paid_minor > earned.minor) AS differs
  FROM commissions.commission_statement AS s
  JOIN commissions.commission_statement_step AS k
    ON k.commission_statement_id = s.id AND k.status = 'paid'
  LEFT JOIN LATERAL (
    SELECT sum(p.paid_minor) AS paid_minor
    FROM commissions.commission_statement AS p
    JOIN commissions.commission_statement_step AS q
      ON q.commission_statement_id = p.id AND q.status = 'paid'
    WHERE p.participant_id = s.participant_id AND p.currency = s.currency
      AND (q.known_at, p.paid_before_minor, p.paid_minor, p.id)
          < (k.known_at, s.paid_before_minor, s.paid_minor, s.id))
    AS before ON true
  LEFT JOIN LATERAL (
    SELECT sum(c.amount_minor) AS minor FROM commissions.credit AS c
    WHERE c.participant_id = s.participant_id AND c.currency = s.currency
      AND c.known_at <= k.known_at) AS earned ON true
) AS payments
