-- Back to before $4, never forward. Under the lock of the position.
UPDATE consumer_position SET seq = $4 - 1
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND seq >= $4
