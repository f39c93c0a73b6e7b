-- One endpoint ($1) or all that the caller sees (null). Reads only.
SELECT e.id, e.revision, e.url, e.description, e.division_id, e.event_types, e.ordered,
       e.rate_per_second, e.status, e.disabled_reason, s.failing_since, e.created_at,
       (SELECT max(k.expires_at) FROM webhook_secret AS k
        WHERE k.endpoint_id = e.id AND k.expires_at > clock_timestamp()) AS old_secret_until,
       EXISTS (SELECT FROM webhook_recovery AS r WHERE r.endpoint_id = e.id) AS recovering,
       e.conditions, e.max_concurrency, e.asymmetric_signature,
       (SELECT k.public_key FROM webhook_secret AS k
        WHERE k.endpoint_id = e.id AND k.expires_at IS NULL) AS public_key,
       head.id AS blocked_by, head.next_attempt_at AS blocked_until,
       CASE WHEN head.id IS NULL THEN 0
            ELSE (SELECT count(*) FROM (SELECT FROM webhook_delivery AS d
                                        WHERE d.endpoint_id = e.id AND d.status = 'scheduled'
                                          AND d.position > head.position
                                        LIMIT 1000) AS behind)::int END AS blocked_count
FROM webhook_endpoint AS e
JOIN webhook_endpoint_state AS s ON s.endpoint_id = e.id
LEFT JOIN LATERAL (
  SELECT d.id, d.next_attempt_at, d.position, d.round_attempts FROM webhook_delivery AS d
  WHERE d.endpoint_id = e.id AND d.status = 'scheduled'
  ORDER BY d.position LIMIT 1
) AS head ON e.ordered AND head.round_attempts > 0
WHERE $1::uuid IS NULL OR e.id = $1
