-- Locks the plan, so that its versions are numbered one after the other.
SELECT p.revision, t.version, t.valid_from
FROM commission_plan AS p
JOIN LATERAL (SELECT version, valid_from FROM commission_terms
              WHERE plan_id = p.id ORDER BY version DESC LIMIT 1) AS t ON true
WHERE p.id = $1 FOR UPDATE OF p
