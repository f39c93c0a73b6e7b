-- Streams with stamped events of which it is not noted that they were produced.
SELECT topic, partition, produced_seq + 1 AS from_seq, stamped_seq
FROM relay_position
WHERE produced_seq < stamped_seq
ORDER BY topic, partition
