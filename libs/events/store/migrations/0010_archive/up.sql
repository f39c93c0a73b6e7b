-- How far each stream's log has been archived; no row: not at all.
CREATE TABLE event_log_bound (
  topic       text NOT NULL,
  partition   smallint NOT NULL,
  through_seq bigint NOT NULL,
  before      timestamptz NOT NULL,  -- the end of the last month
  PRIMARY KEY (topic, partition)
);

-- Takes the months that ended `keep` months ago or earlier out of the log, the oldest first, and answers
-- for each whether it went. `taken`: how far every consumer of a stream has come, in the order of
-- `topics` and `partitions`; a stream that is not among them has no consumer. A month stays, and every
-- later one with it, when it holds an event that is not stamped, not produced, or not taken by all. The
-- month lives on as the table event_log_archived_YYYY_MM, to be dumped and dropped, or restored.
-- Writers into so old a month have long ended, but they and the relay are waited for (lock_timeout).
CREATE FUNCTION event_log_archive(keep integer, topics text[], partitions smallint[], taken bigint[])
RETURNS TABLE (month text, archived boolean, held_by text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  name  text;
  start date;
BEGIN
  IF keep < 1 THEN
    RAISE EXCEPTION 'the current month is never archived';
  END IF;
  FOR name IN
    SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'event_log'::regclass AND c.relname ~ '^event_log_\d{4}_\d{2}$'
    ORDER BY 1
  LOOP
    start := to_date(right(name, 7), 'YYYY_MM');
    EXIT WHEN start + make_interval(months => 1 + keep) > clock_timestamp() AT TIME ZONE 'UTC';
    EXECUTE format('LOCK TABLE %I IN SHARE MODE', name);
    month := to_char(start, 'YYYY-MM');
    EXECUTE format(
      'SELECT min(CASE WHEN e.unstamped > 0 THEN ''the relay''
                       WHEN e.seq > coalesce(r.produced_seq, 0) THEN ''the relay''
                       WHEN e.seq > t.seq THEN e.topic || ''/'' || e.partition END)
       FROM (SELECT topic, partition, max(seq) AS seq, count(*) FILTER (WHERE seq IS NULL) AS unstamped
             FROM %I GROUP BY topic, partition) AS e
       LEFT JOIN relay_position AS r ON r.topic = e.topic AND r.partition = e.partition
       LEFT JOIN unnest($1, $2, $3) AS t(topic, partition, seq)
         ON t.topic = e.topic AND t.partition = e.partition', name)
      INTO held_by USING topics, partitions, taken;
    archived := held_by IS NULL;
    IF archived THEN
      EXECUTE format(
        'INSERT INTO event_log_bound AS b (topic, partition, through_seq, before)
         SELECT topic, partition, max(seq), $1 FROM %I GROUP BY topic, partition
         ON CONFLICT (topic, partition) DO UPDATE
         SET through_seq = greatest(b.through_seq, excluded.through_seq), before = excluded.before',
        name) USING (start + interval '1 month')::timestamp AT TIME ZONE 'UTC';
      EXECUTE format('ALTER TABLE event_log DETACH PARTITION %I', name);
      EXECUTE format('ALTER TABLE %I RENAME TO %I', name,
                     'event_log_archived_' || to_char(start, 'YYYY_MM'));
    END IF;
    RETURN NEXT;
    EXIT WHEN NOT archived;
  END LOOP;
END
$$;

-- Puts an archived month back, for a replay: the latest one that is out of the log.
--   SELECT billing.event_log_restore('2026-01')
CREATE FUNCTION event_log_restore(month text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  start date := to_date(month, 'YYYY-MM');
  name  text := 'event_log_' || to_char(start, 'YYYY_MM');
  kept  text := 'event_log_archived_' || to_char(start, 'YYYY_MM');
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
             AND relname ~ '^event_log_archived_\d{4}_\d{2}$' AND relname > kept) THEN
    RAISE EXCEPTION 'a later month is archived too: restore that first';
  END IF;
  EXECUTE format('ALTER TABLE %I RENAME TO %I', kept, name);
  EXECUTE format('ALTER TABLE event_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name,
                 start::timestamp AT TIME ZONE 'UTC',
                 (start + interval '1 month')::timestamp AT TIME ZONE 'UTC');
  EXECUTE format(
    'UPDATE event_log_bound AS b SET through_seq = e.seq - 1, before = $1
     FROM (SELECT topic, partition, min(seq) AS seq FROM %I GROUP BY topic, partition) AS e
     WHERE b.topic = e.topic AND b.partition = e.partition', name)
    USING start::timestamp AT TIME ZONE 'UTC';
  DELETE FROM event_log_bound WHERE through_seq = 0;
END
$$;
