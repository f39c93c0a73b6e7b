-- The outbox, and the record of every fact of this service. Append-only: a row's only change is that
-- the relay gives it its seq.
--
-- Partitioned by the wall clock's month, since the business clock (known_at) jumps in a sandbox. A
-- partition is made ahead of its month by event_log_prepare; event_log_default takes what comes
-- when that was not possible, so that nothing is ever refused or lost.
CREATE TABLE event_log (
  id             bigint GENERATED ALWAYS AS IDENTITY,
  event_id       uuid NOT NULL,
  topic          text NOT NULL,
  partition      smallint NOT NULL CHECK (partition BETWEEN 0 AND 15),
  seq            bigint CHECK (seq > 0),
  key            text NOT NULL,
  type           text NOT NULL,
  subject        text NOT NULL,
  source_version bigint NOT NULL,
  data           text NOT NULL CHECK (octet_length(data) <= 16384),
  correlation    text NOT NULL,
  causation      text NOT NULL,
  traceparent    text NOT NULL,
  account_id     uuid,
  known_at       timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (recorded_at);

CREATE INDEX event_log_unsent_idx ON event_log (id) WHERE seq IS NULL;
CREATE INDEX event_log_correlation_idx ON event_log (correlation);

CREATE TABLE event_log_default PARTITION OF event_log DEFAULT WITH (fillfactor = 70);
CREATE UNIQUE INDEX event_log_default_seq_idx ON event_log_default (topic, partition, seq)
  WHERE seq IS NOT NULL;

-- Makes the partitions of this month and the `ahead` months after it; answers how many it made. Runs
-- as the schema's owner, for the relay, whose role may not create tables. A month of which rows have
-- already gone to the default partition stays there: moving them would lock out the appenders.
CREATE FUNCTION event_log_prepare(ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  first date;
  name  text;
  made  integer := 0;
BEGIN
  FOR step IN 0..ahead LOOP
    first := (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')
              + make_interval(months => step))::date;
    name := 'event_log_' || to_char(first, 'YYYY_MM');
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    CONTINUE WHEN EXISTS (
      SELECT FROM event_log_default
      WHERE recorded_at >= first::timestamp AT TIME ZONE 'UTC'
        AND recorded_at < (first + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format(
      'CREATE TABLE %I PARTITION OF event_log FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 70)',
      name, first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format(
      'CREATE UNIQUE INDEX %I ON %I (topic, partition, seq) WHERE seq IS NOT NULL',
      name || '_seq_idx', name);
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;
SELECT event_log_prepare(2);

-- How far the relay has stamped and produced each stream of this service.
CREATE TABLE relay_position (
  topic        text NOT NULL,
  partition    smallint NOT NULL,
  stamped_seq  bigint NOT NULL,
  produced_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);
