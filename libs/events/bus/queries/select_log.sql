-- What follows each stream's last delivered sequence: a few index entries for each stream.
SELECT e.topic, e.partition, e.seq, e.event_id, e.key, e.type, e.subject, e.source_version, e.data,
       e.correlation, e.causation, e.traceparent, e.account_id, e.known_at, e.recorded_at
FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS s(topic, partition, after)
CROSS JOIN LATERAL (
  SELECT * FROM log
  WHERE log.topic = s.topic AND log.partition = s.partition AND log.seq > s.after
  ORDER BY log.seq
  LIMIT $4) e
LIMIT $5
