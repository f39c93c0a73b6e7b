-- A repeat is left out: the row is there already, and equal.
INSERT INTO log (topic, partition, seq, event_id, key, type, subject, source_version, data,
                 correlation, causation, traceparent, account_id, known_at, recorded_at)
SELECT topic, partition, seq, event_id, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at
FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::uuid[], $5::text[], $6::text[],
            $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[],
            $13::uuid[], $14::timestamptz[], $15::timestamptz[])
  AS e(topic, partition, seq, event_id, key, type, subject, source_version, data, correlation,
       causation, traceparent, account_id, known_at, recorded_at)
ORDER BY topic, partition, seq
ON CONFLICT DO NOTHING
