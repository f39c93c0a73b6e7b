-- A replay brings these again. Under the lock of the position.
DELETE FROM deferred_event WHERE consumer = $1 AND topic = $2 AND partition = $3 AND seq >= $4
