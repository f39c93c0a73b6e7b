-- 7. Paid <= earned: no payment of a statement went beyond the credits that it saw
-- By amounts, not by time: a credit that was begun earlier may have been committed later, and two
-- payments may bear one instant. Payments of a participant follow one another, so that each begins
-- where the one before ended. What a payment saw is no more than all that was ever credited.
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT s.id,
         s.paid_before_minor <> coalesce(sum(s.paid_minor) OVER (
           PARTITION BY s.participant_id, s.currency
           ORDER BY s.paid_before_minor, s.paid_minor, s.id
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
           OR (s.paid_minor > 0 AND s.paid_before_minor + s.paid_minor > s.credited_minor)
           OR s.credited_minor > coalesce(earned.minor, 0) AS differs
  FROM commissions.commission_statement AS s
  LEFT JOIN (
    SELECT participant_id, currency, sum(amount_minor) FILTER (WHERE amount_minor > 0) AS minor
    FROM commissions.credit GROUP BY participant_id, currency)
    AS earned ON earned.participant_id = s.participant_id AND earned.currency = s.currency
  WHERE s.status = 'paid'
) AS payments
