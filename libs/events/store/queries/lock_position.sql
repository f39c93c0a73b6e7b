-- The stream belongs to this transaction until it ends. No row: another replica is at work on it, and
-- there is no use in waiting for its events to become ours.
SELECT seq FROM consumer_position
WHERE consumer = $1 AND topic = $2 AND partition = $3
FOR NO KEY UPDATE SKIP LOCKED
