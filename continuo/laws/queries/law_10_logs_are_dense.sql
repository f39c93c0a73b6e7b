-- 10. The events of each (topic, partition) are numbered without gaps, and all are numbered
SELECT count(*) AS checked,
       count(*) FILTER (WHERE highest <> logged OR lowest <> 1) AS broken,
       min(topic || '/' || partition) FILTER (WHERE highest <> logged OR lowest <> 1) AS example
FROM (
  SELECT topic, partition, coalesce(max(seq), 0) AS highest, min(seq) AS lowest, count(*) AS logged
  FROM (
    SELECT topic, partition, seq FROM directory.event_log
    UNION ALL SELECT topic, partition, seq FROM catalogue.event_log
    UNION ALL SELECT topic, partition, seq FROM crm.event_log
    UNION ALL SELECT topic, partition, seq FROM quoting.event_log
    UNION ALL SELECT topic, partition, seq FROM contracts.event_log
    UNION ALL SELECT topic, partition, seq FROM billing.event_log
    UNION ALL SELECT topic, partition, seq FROM revenue.event_log
  ) AS events
  GROUP BY topic, partition
) AS streams
