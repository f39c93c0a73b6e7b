-- Makes the rows that lock_position locks. Two replicas may come at once.
INSERT INTO consumer_position (consumer, topic, partition)
SELECT $1, topic, partition FROM unnest($2::text[], $3::smallint[]) AS s(topic, partition)
ORDER BY topic, partition
ON CONFLICT DO NOTHING
