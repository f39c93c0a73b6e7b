-- Keys whose later events have to queue.
SELECT DISTINCT key FROM deferred_event WHERE consumer = $1 AND topic = $2 AND partition = $3
