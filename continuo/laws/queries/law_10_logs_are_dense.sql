-- 10. The events of each (topic, partition) are numbered without gaps, and all are numbered
SELECT count(*) AS checked,
       count(*) FILTER (WHERE highest <> logged OR lowest <> 1) AS broken,
       min(topic || '/' || partition) FILTER (WHERE highest <> logged OR lowest <> 1) AS example
FROM (
  SELECT topic, partition, coalesce(max(seq), 0) AS highest, min(seq) AS lowest, count(*) AS logged
  FROM (EACH SERVICE (SELECT topic, partition, seq FROM {service}.event_log)) AS events
  GROUP BY topic, partition
) AS streams
