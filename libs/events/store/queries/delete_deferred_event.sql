-- It has been applied or dropped. Under the lock of its position.
DELETE FROM deferred_event WHERE consumer = $1 AND topic = $2 AND partition = $3 AND seq = $4
