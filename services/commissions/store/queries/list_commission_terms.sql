-- Terms never change: no lock. All of a plan, the oldest first.
SELECT t.version, t.valid_from, t.credit_on, t.rate_percent, t.known_at,
       coalesce((SELECT json_agg(json_build_object(
                           'commission_class', r.commission_class,
                           'rate_percent', trim_scale(r.rate_percent)::text)
                         ORDER BY r.commission_class)
                 FROM commission_rate AS r
                 WHERE r.plan_id = t.plan_id AND r.version = t.version), '[]') AS rates
FROM commission_terms AS t WHERE t.plan_id = $1 ORDER BY t.version
