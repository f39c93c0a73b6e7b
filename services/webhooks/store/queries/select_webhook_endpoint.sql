-- One endpoint ($1) or all that the caller sees (null). Reads only.
SELECT e.id, e.revision, e.url, e.description, e.division_id, e.event_types, e.ordered,
       e.rate_per_second, e.status, e.disabled_reason, s.failing_since, e.created_at,
       (SELECT max(k.expires_at) FROM webhook_secret AS k
        WHERE k.endpoint_id = e.id AND k.expires_at > clock_timestamp()) AS old_secret_until,
       EXISTS (SELECT FROM webhook_recovery AS r WHERE r.endpoint_id = e.id) AS recovering
FROM webhook_endpoint AS e
JOIN webhook_endpoint_state AS s ON s.endpoint_id = e.id
WHERE $1::uuid IS NULL OR e.id = $1
