-- Reads only: the last position given.
SELECT position::text AS position FROM feed_head
