-- One recovery, skipping those that another replica works off right now.
SELECT r.endpoint_id, r.done_to, r.until, e.event_types, e.division_id, e.conditions
FROM webhook_recovery AS r
JOIN webhook_endpoint AS e ON e.id = r.endpoint_id
WHERE e.status = 'enabled'
ORDER BY r.endpoint_id
LIMIT 1
FOR UPDATE OF r SKIP LOCKED
