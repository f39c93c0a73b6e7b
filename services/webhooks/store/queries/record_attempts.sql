-- Logs attempts, and moves the deliveries on whose claim is still the sender's: one that was
-- stopped and wakes up changes nothing. Claims are one process's, so no two of these meet on a row. An
-- ordered endpoint may then be sent its next one.
WITH made AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::int[], $5::timestamptz[],
                       $6::int[], $7::int[], $8::text[], $9::text[], $10::bigint[])
    AS t (id, delivery_id, claim, number, started_at, duration_ms, http_status, error, outcome,
          delay_ms)
), logged AS (
  INSERT INTO webhook_attempt (id, delivery_id, number, started_at, duration_ms, http_status, error)
  SELECT id, delivery_id, number, started_at, duration_ms, http_status, error FROM made
), moved AS (
  UPDATE webhook_delivery AS d
  SET status = made.outcome, attempt_count = made.number, round_attempts = d.round_attempts + 1,
      claimed_until = NULL,
      next_attempt_at = CASE WHEN made.outcome = 'scheduled'
        THEN clock_timestamp() + make_interval(secs => made.delay_ms / 1000.0) END,
      delivered_at = CASE WHEN made.outcome = 'delivered' THEN clock_timestamp() END
  FROM made
  WHERE d.id = made.delivery_id AND d.claim = made.claim
  RETURNING d.endpoint_id
)
UPDATE webhook_endpoint_state AS s SET busy_until = NULL
WHERE s.endpoint_id IN (SELECT endpoint_id FROM moved) AND s.busy_until IS NOT NULL
