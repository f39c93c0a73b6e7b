-- Reads only: one event, of types $2.
SELECT id, '/continuo/' || topic AS source, type, subject, known_at AS time,
       source_version::text AS sequence, key AS partitionkey, traceparent,
       account_id AS accountid, position::text AS position, data::json AS data
FROM feed_event
WHERE id = $1 AND type = ANY ($2::text[])
