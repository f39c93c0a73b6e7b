-- Puts an event aside, under the lock of its position. A replay may bring one that is here already.
INSERT INTO deferred_event (id, consumer, topic, partition, seq, key, state, awaited, reason,
                            message, attempts, retry_at, event_id, type, subject, source_version,
                            data, correlation, causation, traceparent, account_id, known_at,
                            recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
        clock_timestamp() + make_interval(secs => $12 / 1000.0),
        $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
ON CONFLICT (consumer, topic, partition, seq) DO NOTHING
