-- The next events to stamp, in the order of their appending. No lock: only the holder of the relay's
-- lease stamps, and nothing else changes a row.
SELECT id, event_id, topic, partition, seq, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM event_log
WHERE seq IS NULL
ORDER BY id
LIMIT $1
