-- 10. Outbox = log = consumed: each consumer stands at the end of each stream it reads
SELECT count(*) AS checked,
       count(*) FILTER (WHERE applied <> highest) AS broken,
       min(consumer || ' of ' || topic || '/' || partition) FILTER (WHERE applied <> highest) AS example
FROM (
  SELECT p.consumer, p.topic, p.partition, p.seq AS applied, coalesce(max(e.seq), 0) AS highest
  FROM (
    EACH SERVICE (SELECT '{service}' AS consumer, topic, partition, seq FROM {service}.consumer_position)
  ) AS p
  LEFT JOIN (
    EACH SERVICE (SELECT topic, partition, seq FROM {service}.event_log
                  UNION ALL SELECT topic, partition, through_seq FROM {service}.event_log_bound)
  ) AS e ON e.topic = p.topic AND e.partition = p.partition
  GROUP BY p.consumer, p.topic, p.partition, p.seq
) AS positions
