-- Gives each event its place. recorded_at leads to its partition. A row that has a place already is
-- left alone, and the caller sees it from the count.
UPDATE event_log AS e SET seq = s.seq
FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) AS s(id, recorded_at, seq)
WHERE e.id = s.id AND e.recorded_at = s.recorded_at AND e.seq IS NULL
