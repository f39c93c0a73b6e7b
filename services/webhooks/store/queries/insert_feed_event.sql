-- Safe to repeat: an event is taken once. It has no position yet (place_feed_events).
INSERT INTO feed_event (id, topic, type, subject, source_version, key, data, traceparent,
                        account_id, division_id, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING
