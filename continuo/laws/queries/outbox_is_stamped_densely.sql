-- 10. Each service's log has dense sequences per (topic, partition)
SELECT count(*) AS checked,
       count(*) FILTER (WHERE highest <> numbered OR lowest <> 1) AS broken,
       min(topic || '/' || partition) FILTER (WHERE highest <> numbered OR lowest <> 1) AS example
FROM (
  SELECT topic, partition, max(seq) AS highest, min(seq) AS lowest, count(*) AS numbered
  FROM (
    SELECT topic, partition, seq FROM directory.event_log
    UNION ALL SELECT topic, partition, seq FROM catalogue.event_log
    UNION ALL SELECT topic, partition, seq FROM crm.event_log
    UNION ALL SELECT topic, partition, seq FROM quoting.event_log
    UNION ALL SELECT topic, partition, seq FROM contracts.event_log
  ) AS logged
  WHERE seq IS NOT NULL
  GROUP BY topic, partition
) AS stream
