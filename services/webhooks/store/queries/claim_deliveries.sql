-- Takes deliveries that are due, for one process and for a while ($5 seconds): a killed one's come
-- back by themselves. $1, $2: endpoints that this process is sending to, and how many to each.
-- Waits for nobody: an endpoint whose deliveries another replica is taking right now is passed
-- over. Each step reads the front of an index, however much an endpoint has waiting. Where there
-- are more than free places ($4), those to whom least is under way go first: however slow others
-- are, and however much waits for them, they take no more than their turn.
WITH ready AS MATERIALIZED (
  SELECT e.id AS endpoint_id, e.ordered, e.rate_per_second,
         least(CASE WHEN e.ordered AND s.busy_until > now() THEN 0
                    WHEN e.ordered OR s.failing_since IS NOT NULL THEN 1
                    ELSE coalesce(e.max_concurrency, $3::int) END - coalesce(own.sending, 0),
               CASE WHEN s.paced_until > now() THEN 0
                    WHEN e.rate_per_second IS NULL THEN coalesce(e.max_concurrency, $3::int)
                    ELSE floor(least(extract(epoch FROM now() - s.paced_until), 1)
                               * e.rate_per_second)::int END) AS room,
         coalesce(own.sending, 0) AS sending
  FROM webhook_endpoint_state AS s
  JOIN webhook_endpoint AS e ON e.id = s.endpoint_id
  LEFT JOIN unnest($1::uuid[], $2::int[]) AS own (endpoint_id, sending)
    ON own.endpoint_id = s.endpoint_id
  CROSS JOIN LATERAL (
    SELECT d.next_attempt_at FROM webhook_delivery AS d
    WHERE d.endpoint_id = e.id AND d.status = 'scheduled'
    ORDER BY d.next_attempt_at LIMIT 1
  ) AS first
  WHERE e.status = 'enabled' AND first.next_attempt_at <= now()
  FOR UPDATE OF s SKIP LOCKED
), loose AS MATERIALIZED (
  SELECT d.id, d.next_attempt_at,
         r.sending + row_number() OVER (PARTITION BY r.endpoint_id ORDER BY d.next_attempt_at)
           AS turn
  FROM ready AS r
  CROSS JOIN LATERAL (
    SELECT d.id, d.next_attempt_at
    FROM webhook_delivery AS d
    WHERE d.endpoint_id = r.endpoint_id AND d.status = 'scheduled' AND d.next_attempt_at <= now()
      AND (d.claimed_until IS NULL OR d.claimed_until <= now())
    ORDER BY d.next_attempt_at, d.position
    LIMIT greatest(r.room, 0)
  ) AS d
  WHERE NOT r.ordered
), heads AS MATERIALIZED (
  SELECT d.id, d.next_attempt_at, 1 AS turn
  FROM ready AS r
  CROSS JOIN LATERAL (
    SELECT d.id, d.next_attempt_at, d.claimed_until FROM webhook_delivery AS d
    WHERE d.endpoint_id = r.endpoint_id AND d.status = 'scheduled'
    ORDER BY d.position LIMIT 1
  ) AS d
  WHERE r.ordered AND r.room > 0 AND d.next_attempt_at <= now()
    AND (d.claimed_until IS NULL OR d.claimed_until <= now())
), first AS MATERIALIZED (
  SELECT id
  FROM (SELECT id, next_attempt_at, turn FROM loose
        UNION ALL SELECT id, next_attempt_at, turn FROM heads) AS both_kinds
  ORDER BY turn, next_attempt_at
  LIMIT $4
), due AS MATERIALIZED (
  -- Only those that are taken are locked, and looked at once more.
  SELECT d.id
  FROM first
  JOIN webhook_delivery AS d ON d.id = first.id
  WHERE d.status = 'scheduled' AND d.next_attempt_at <= now()
    AND (d.claimed_until IS NULL OR d.claimed_until <= now())
  FOR UPDATE OF d SKIP LOCKED
), claimed AS (
  UPDATE webhook_delivery AS d
  SET claim = d.claim + 1, claimed_until = now() + make_interval(secs => $5)
  FROM due
  WHERE d.id = due.id
  RETURNING d.id, d.claim, d.endpoint_id, d.event_id, d.attempt_count, d.round_attempts
), noted AS (
  UPDATE webhook_endpoint_state AS s
  SET busy_until = CASE WHEN r.ordered THEN now() + make_interval(secs => $5) END,
      paced_until = CASE WHEN r.rate_per_second IS NULL THEN s.paced_until
        ELSE greatest(s.paced_until, now() - interval '1 second')
             + taken.n * interval '1 second' / r.rate_per_second END
  FROM (SELECT endpoint_id, count(*) AS n FROM claimed GROUP BY endpoint_id) AS taken
  JOIN webhook_endpoint AS r ON r.id = taken.endpoint_id
  WHERE s.endpoint_id = taken.endpoint_id AND (r.ordered OR r.rate_per_second IS NOT NULL)
)
SELECT c.id AS delivery_id, c.claim, c.endpoint_id, c.attempt_count, c.round_attempts, r.url,
       ARRAY(SELECT key.text FROM webhook_secret AS k
             CROSS JOIN LATERAL (VALUES (1, k.secret), (2, k.signing_key)) AS key (step, text)
             WHERE k.endpoint_id = c.endpoint_id
               AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
               AND (key.step = 1 OR r.asymmetric_signature AND key.text IS NOT NULL)
             ORDER BY k.id DESC, key.step) AS secrets,
       f.id, '/continuo/' || f.topic AS source, f.type, f.subject, f.known_at AS time,
       f.source_version::text AS sequence, f.key AS partitionkey, f.traceparent,
       f.account_id AS accountid, f.position::text AS position, f.data::json AS data
FROM claimed AS c
JOIN webhook_endpoint AS r ON r.id = c.endpoint_id
JOIN feed_event AS f ON f.id = c.event_id
ORDER BY f.position
