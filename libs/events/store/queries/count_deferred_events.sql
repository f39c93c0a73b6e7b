-- Events put aside; a queued one counts with the first of its key.
SELECT count(*) FILTER (WHERE head.state = 'waiting') AS waiting,
       count(*) FILTER (WHERE head.state = 'parked') AS parked
FROM deferred_event d
CROSS JOIN LATERAL (
  SELECT h.state FROM deferred_event h
  WHERE h.consumer = d.consumer AND h.topic = d.topic AND h.partition = d.partition
    AND h.key = d.key
  ORDER BY h.seq LIMIT 1) head
WHERE d.consumer = $1
