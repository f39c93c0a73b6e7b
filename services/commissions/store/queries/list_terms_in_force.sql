-- Reads only: of participants, in $1's order, who is a participant on a day, and the terms of the
-- plan that was assigned on it. No terms: null.
SELECT p.id AS participant_id, p.user_id, t.plan_id, t.version
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
LEFT JOIN participant AS p ON p.id = wanted.id
LEFT JOIN LATERAL (
  SELECT plan_id FROM plan_assignment
  WHERE participant_id = p.id AND valid_from <= $2::date
  ORDER BY valid_from DESC LIMIT 1) AS a
  ON p.valid_from <= $2::date AND (p.valid_to IS NULL OR $2::date < p.valid_to)
LEFT JOIN LATERAL (
  SELECT plan_id, version FROM commission_terms
  WHERE plan_id = a.plan_id AND valid_from <= $2::date
  ORDER BY version DESC LIMIT 1) AS t ON true
ORDER BY wanted.position
