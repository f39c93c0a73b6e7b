-- Notes what the transport has safely. Losing this in a crash costs a repeat, so its commit need not
-- wait for the disk. Never goes back: a relay that lost its lease may come late.
UPDATE relay_position AS p SET produced_seq = s.seq
FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS s(topic, partition, seq),
     (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
WHERE p.topic = s.topic AND p.partition = s.partition AND p.produced_seq < s.seq
