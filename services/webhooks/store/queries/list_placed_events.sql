-- Reads only: a recovery's next slice of the feed. The data comes of types $4 alone.
SELECT id AS event_id, position, type, subject, division_id,
  CASE WHEN type = ANY ($4::text[]) THEN data END AS data
FROM feed_event
WHERE position > $1 AND position <= $2
ORDER BY position
LIMIT $3
