-- 10. The events of each (topic, partition) are numbered without gaps from where they are archived on
SELECT count(*) AS checked,
       count(*) FILTER (WHERE wrong) AS broken,
       min(topic || '/' || partition) FILTER (WHERE wrong) AS example
FROM (
  SELECT e.topic, e.partition,
         e.lowest IS DISTINCT FROM coalesce(b.through_seq, 0) + 1
         OR e.highest IS DISTINCT FROM coalesce(b.through_seq, 0) + e.logged AS wrong
  FROM (
    SELECT topic, partition, coalesce(max(seq), 0) AS highest, min(seq) AS lowest, count(*) AS logged
    FROM (EACH SERVICE (SELECT topic, partition, seq FROM {service}.event_log)) AS events
    GROUP BY topic, partition
  ) AS e
  LEFT JOIN (
    EACH SERVICE (SELECT topic, partition, through_seq FROM {service}.event_log_bound)
  ) AS b ON b.topic = e.topic AND b.partition = e.partition
) AS streams
