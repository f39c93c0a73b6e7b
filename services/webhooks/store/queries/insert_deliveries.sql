-- Safe to repeat: an endpoint is sent an event once.
INSERT INTO webhook_delivery (id, endpoint_id, event_id, event_type, position, status,
                              next_attempt_at)
SELECT id, endpoint_id, event_id, event_type, position, 'scheduled', clock_timestamp()
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
  AS t (id, endpoint_id, event_id, event_type, position)
ON CONFLICT (event_id, endpoint_id) DO NOTHING
