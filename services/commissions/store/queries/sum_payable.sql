-- The participant is locked. In a currency: what the statements that are paid and this one have
-- earned, what all credits come to by now, and what was paid.
SELECT
  coalesce(sum(s.earned_minor) FILTER (WHERE s.status = 'paid' OR s.id = $3), 0)::bigint
    AS stated_minor,
  coalesce(sum(s.paid_minor), 0)::bigint AS paid_minor,
  (SELECT coalesce(sum(c.amount_minor), 0)::bigint FROM credit AS c
   WHERE c.participant_id = $1 AND c.currency = $2) AS credited_minor
FROM commission_statement AS s
WHERE s.participant_id = $1 AND s.currency = $2
