-- How far this service's own streams are.
SELECT topic, partition, stamped_seq, produced_seq FROM relay_position ORDER BY topic, partition
