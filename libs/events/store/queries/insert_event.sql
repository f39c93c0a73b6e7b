-- Appends one fact to the log. Takes no lock that another appender waits for.
INSERT INTO event_log (event_id, topic, partition, key, type, subject, source_version, data,
                       correlation, causation, traceparent, account_id, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
