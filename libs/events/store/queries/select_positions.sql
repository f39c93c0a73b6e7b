-- Where a consumer stands.
SELECT topic, partition, seq FROM consumer_position WHERE consumer = $1 ORDER BY topic, partition
