-- 11. Each delivery is delivered, exhausted, held back by a disabled endpoint, or on its way
SELECT count(*) AS checked,
       count(*) FILTER (WHERE wrong) AS broken,
       min(id::text) FILTER (WHERE wrong) AS example
FROM (
  SELECT d.id,
         CASE d.status
           WHEN 'delivered' THEN NOT EXISTS (
             SELECT FROM webhooks.webhook_attempt AS a
             WHERE a.delivery_id = d.id AND a.http_status BETWEEN 200 AND 299)
           WHEN 'exhausted' THEN d.round_attempts < 10
           -- Overdue, and nothing is being sent to its endpoint either.
           ELSE e.status = 'enabled' AND d.next_attempt_at < now() - interval '2 minutes'
                AND NOT EXISTS (
                  SELECT FROM webhooks.webhook_delivery AS o
                  WHERE o.endpoint_id = e.id AND o.claimed_until > now())
                AND NOT EXISTS (
                  SELECT FROM webhooks.webhook_delivery AS o
                  JOIN webhooks.webhook_attempt AS a ON a.delivery_id = o.id
                  WHERE o.endpoint_id = e.id AND a.started_at > now() - interval '2 minutes')
         END AS wrong
  FROM webhooks.webhook_delivery AS d
  JOIN webhooks.webhook_endpoint AS e ON e.id = d.endpoint_id
) AS deliveries
