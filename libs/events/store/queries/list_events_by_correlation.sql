-- What this service has appended in the course of one request, oldest first.
SELECT event_id, topic, partition, seq, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM event_log
WHERE correlation = $1
ORDER BY id
LIMIT $2
