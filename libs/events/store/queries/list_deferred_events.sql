-- For operators, in the order in which they were put aside.
SELECT id, state, awaited, reason, message, attempts, event_id, topic, partition, seq, key, type,
       subject, source_version, data, correlation, causation, traceparent, account_id, known_at,
       recorded_at
FROM deferred_event
WHERE consumer = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR key = $3)
  AND ($4::uuid IS NULL OR id > $4)
ORDER BY id
LIMIT $5
