-- Reads only: a recovery's next slice of the feed.
SELECT id AS event_id, position, type, subject, division_id FROM feed_event
WHERE position > $1 AND position <= $2
ORDER BY position
LIMIT $3
