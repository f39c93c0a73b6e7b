-- Terms never change: no lock. What earns under them, and each rate: first that of all classes (null),
-- then those of their own.
SELECT t.credit_on, r.commission_class, r.rate_percent
FROM commission_terms AS t
CROSS JOIN LATERAL (
  SELECT NULL AS commission_class, t.rate_percent
  UNION ALL
  SELECT c.commission_class, c.rate_percent FROM commission_rate AS c
  WHERE c.plan_id = t.plan_id AND c.version = t.version) AS r
WHERE t.plan_id = $1 AND t.version = $2
ORDER BY r.commission_class NULLS FIRST
