-- Whoever gives positions, one at a time. No row: another replica is at it right now.
SELECT position FROM feed_head FOR UPDATE SKIP LOCKED
