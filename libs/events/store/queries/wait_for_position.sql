-- The same for an operator's action, which waits for its turn.
SELECT seq FROM consumer_position
WHERE consumer = $1 AND topic = $2 AND partition = $3
FOR NO KEY UPDATE
