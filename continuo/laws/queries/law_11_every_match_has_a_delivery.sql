-- 11. Each event that an endpoint listens to has a delivery to it
SELECT count(*) AS checked,
       count(*) FILTER (WHERE d.id IS NULL) AS broken,
       min(f.type || ' at ' || f.position) FILTER (WHERE d.id IS NULL) AS example
FROM webhooks.webhook_endpoint AS e
JOIN webhooks.feed_event AS f
  ON f.position > e.listens_from
 AND f.type <> 'webhook_endpoint.tested'
 AND (e.division_id IS NULL OR f.division_id IS NULL OR f.division_id = e.division_id)
 AND (e.division_id IS NULL OR NOT f.of_many_divisions)
 AND EXISTS (SELECT FROM unnest(e.event_types) AS pattern
             WHERE pattern = '*' OR pattern = f.type
                OR (pattern LIKE '%.*' AND starts_with(f.type, left(pattern, -1))))
LEFT JOIN webhooks.webhook_delivery AS d ON d.endpoint_id = e.id AND d.event_id = f.id
WHERE e.status = 'enabled'
