-- How much this service has appended in the course of one request, and how far that reaches.
SELECT topic, partition, count(*) AS events, count(*) FILTER (WHERE seq IS NULL) AS unstamped,
       coalesce(max(seq), 0) AS head
FROM event_log
WHERE correlation = $1
GROUP BY topic, partition
ORDER BY topic, partition
