-- From the first event that came into the feed at $2 or later up to what is there now. No row where
-- there is no such event; a conflict where a recovery is still running.
INSERT INTO webhook_recovery (endpoint_id, done_to, until)
SELECT $1, first.position - 1, head.position
FROM (SELECT position FROM feed_event WHERE placed_at >= $2 ORDER BY placed_at, position LIMIT 1)
       AS first,
     feed_head AS head
