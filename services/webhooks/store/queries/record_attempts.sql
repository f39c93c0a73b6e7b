-- Logs attempts, each once, and moves the deliveries on whose claim is still the sender's: one that
-- was stopped and wakes up changes nothing, nor does a repetition. Claims are one process's, so no
-- two of these meet on a row. An ordered endpoint may then be sent its next one; a busy one is sent
-- nothing for as long as it asks ($11 seconds), whichever of its answers asks for longest.
WITH made AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::int[], $5::timestamptz[],
                       $6::int[], $7::int[], $8::text[], $9::text[], $10::bigint[], $11::bigint[],
                       $12::json[], $13::json[])
    AS t (id, delivery_id, claim, number, started_at, duration_ms, http_status, error, outcome,
          delay_ms, hold_seconds, request_headers, response_headers)
), logged AS (
  INSERT INTO webhook_attempt (id, delivery_id, number, started_at, duration_ms, http_status, error,
                               request_headers, response_headers)
  SELECT id, delivery_id, number, started_at, duration_ms, http_status, error, request_headers,
         response_headers
  FROM made
  ON CONFLICT (id) DO NOTHING
), moved AS (
  UPDATE webhook_delivery AS d
  SET status = made.outcome, attempt_count = made.number, round_attempts = d.round_attempts + 1,
      claimed_until = NULL,
      next_attempt_at = CASE WHEN made.outcome = 'scheduled'
        THEN clock_timestamp() + make_interval(secs => made.delay_ms / 1000.0) END,
      delivered_at = CASE WHEN made.outcome = 'delivered' THEN clock_timestamp() END
  FROM made
  WHERE d.id = made.delivery_id AND d.claim = made.claim AND d.claimed_until IS NOT NULL
  RETURNING d.endpoint_id, made.hold_seconds
)
UPDATE webhook_endpoint_state AS s
SET busy_until = NULL,
    paced_until = greatest(s.paced_until,
                           clock_timestamp() + make_interval(secs => answers.hold_seconds))
FROM (SELECT endpoint_id, max(hold_seconds) AS hold_seconds FROM moved GROUP BY endpoint_id)
  AS answers
WHERE s.endpoint_id = answers.endpoint_id
  AND (s.busy_until IS NOT NULL OR answers.hold_seconds IS NOT NULL)
