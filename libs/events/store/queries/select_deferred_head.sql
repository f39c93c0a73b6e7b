-- The first event of a key that is put aside.
SELECT id, state, awaited, reason, message, attempts, event_id, topic, partition, seq, key, type,
       subject, source_version, data, correlation, causation, traceparent, account_id, known_at,
       recorded_at
FROM deferred_event
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND key = $4
ORDER BY seq
LIMIT 1
