-- Waiting events whose time for another try has come, and how long until the next one's.
SELECT topic, partition, key, seq,
       (extract(epoch FROM retry_at - clock_timestamp()) * 1000)::bigint AS due_in_ms
FROM deferred_event
WHERE consumer = $1 AND state = 'waiting'
ORDER BY retry_at
LIMIT $2
