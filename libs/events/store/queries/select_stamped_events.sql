-- A stream's stamped events from a sequence on, for sending again.
SELECT event_id, topic, partition, seq, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM event_log
WHERE topic = $1 AND partition = $2 AND seq >= $3
ORDER BY seq
LIMIT $4
