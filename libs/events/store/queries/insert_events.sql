-- The same for many, in the order of the arrays. What is equal for all is given once; $14 and $15 are
-- empty where the call's holds.
INSERT INTO event_log (event_id, topic, partition, key, type, subject, source_version, data,
                       account_id, correlation, causation, traceparent, known_at)
SELECT event_id, topic, partition, key, type, subject, source_version, data, account_id,
       coalesce(nullif(correlation, ''), $10), coalesce(nullif(causation, ''), $11), $12, $13
FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[],
            $7::bigint[], $8::text[], $9::uuid[], $14::text[], $15::text[]) WITH ORDINALITY
  AS e(event_id, topic, partition, key, type, subject, source_version, data, account_id,
       correlation, causation, place)
ORDER BY place
