-- Reads only: the feed after position $1, of types $2, of account $3 where it is given. In the
-- order of the column, not of its text.
SELECT id, '/continuo/' || topic AS source, type, subject, known_at AS time,
       source_version::text AS sequence, key AS partitionkey, traceparent,
       account_id AS accountid, position::text AS position, data::json AS data
FROM feed_event
WHERE position > $1 AND type = ANY ($2::text[]) AND ($3::uuid IS NULL OR account_id = $3)
ORDER BY feed_event.position
LIMIT $4
