-- What waits here of one request.
SELECT id, state, awaited, reason, message, attempts, event_id, topic, partition, seq, key, type,
       subject, source_version, data, correlation, causation, traceparent, account_id, known_at,
       recorded_at
FROM deferred_event
WHERE consumer = $1 AND correlation = $2
ORDER BY id
LIMIT $3
