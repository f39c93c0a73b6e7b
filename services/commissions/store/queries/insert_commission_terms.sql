-- The plan is new, or locked by lock_commission_plan.
WITH terms AS (
  INSERT INTO commission_terms (plan_id, version, valid_from, credit_on, rate_percent, known_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING plan_id, version)
INSERT INTO commission_rate (plan_id, version, commission_class, rate_percent)
SELECT t.plan_id, t.version, r.commission_class, r.rate_percent
FROM terms AS t, unnest($7::text[], $8::numeric[]) AS r (commission_class, rate_percent)
