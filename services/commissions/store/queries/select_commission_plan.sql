-- Reads only. $1 an id, or null for all; the latest terms as JSON.
SELECT p.id, p.revision, p.name, p.created_at, (
  SELECT json_build_object(
    'version', t.version, 'valid_from', t.valid_from, 'credit_on', t.credit_on,
    'rate_percent', trim_scale(t.rate_percent)::text,
    'known_at', to_char(t.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'rates', coalesce((SELECT json_agg(json_build_object(
                                'commission_class', r.commission_class,
                                'rate_percent', trim_scale(r.rate_percent)::text)
                              ORDER BY r.commission_class)
                       FROM commission_rate AS r
                       WHERE r.plan_id = t.plan_id AND r.version = t.version), '[]'))
  FROM commission_terms AS t WHERE t.plan_id = p.id ORDER BY t.version DESC LIMIT 1) AS terms
FROM commission_plan AS p
WHERE $1::uuid IS NULL OR p.id = $1
