-- Takes the next $3 sequences of each stream; answers the last one taken. Locks the rows in the
-- order of topic and partition; only the holder of the relay's lease comes here.
INSERT INTO relay_position AS p (topic, partition, stamped_seq)
SELECT topic, partition, taken
FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS t(topic, partition, taken)
ORDER BY topic, partition
ON CONFLICT (topic, partition) DO UPDATE SET stamped_seq = p.stamped_seq + excluded.stamped_seq
RETURNING topic, partition, stamped_seq
