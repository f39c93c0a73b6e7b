-- 10. Outbox = log = consumed: each consumer stands at the end of each stream it reads
SELECT count(*) AS checked,
       count(*) FILTER (WHERE applied <> highest) AS broken,
       min(consumer || ' of ' || topic || '/' || partition) FILTER (WHERE applied <> highest) AS example
FROM (
  SELECT p.consumer, p.topic, p.partition, p.seq AS applied, coalesce(max(e.seq), 0) AS highest
  FROM (
    SELECT 'directory' AS consumer, topic, partition, seq FROM directory.consumer_position
    UNION ALL SELECT 'catalogue' AS consumer, topic, partition, seq FROM catalogue.consumer_position
    UNION ALL SELECT 'crm' AS consumer, topic, partition, seq FROM crm.consumer_position
    UNION ALL SELECT 'quoting' AS consumer, topic, partition, seq FROM quoting.consumer_position
    UNION ALL SELECT 'contracts' AS consumer, topic, partition, seq FROM contracts.consumer_position
    UNION ALL SELECT 'billing' AS consumer, topic, partition, seq FROM billing.consumer_position
    UNION ALL SELECT 'revenue' AS consumer, topic, partition, seq FROM revenue.consumer_position
  ) AS p
  LEFT JOIN (
    SELECT topic, partition, seq FROM directory.event_log
    UNION ALL SELECT topic, partition, seq FROM catalogue.event_log
    UNION ALL SELECT topic, partition, seq FROM crm.event_log
    UNION ALL SELECT topic, partition, seq FROM quoting.event_log
    UNION ALL SELECT topic, partition, seq FROM contracts.event_log
    UNION ALL SELECT topic, partition, seq FROM billing.event_log
    UNION ALL SELECT topic, partition, seq FROM revenue.event_log
  ) AS e ON e.topic = p.topic AND e.partition = p.partition
  GROUP BY p.consumer, p.topic, p.partition, p.seq
) AS positions
