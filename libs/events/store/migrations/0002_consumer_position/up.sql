-- How far this service has applied each stream of the others. Moves in the transaction of the
-- effects, by compare-and-set.
CREATE TABLE consumer_position (
  consumer  text NOT NULL,
  topic     text NOT NULL,
  partition smallint NOT NULL,
  seq       bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (consumer, topic, partition)
) WITH (fillfactor = 50);

-- Events that could not be applied in their turn. The first of each key is `waiting` for another
-- fact or `parked` for a person; the later ones of the key are `queued` behind it.
CREATE TABLE deferred_event (
  id             uuid NOT NULL UNIQUE,
  consumer       text NOT NULL,
  topic          text NOT NULL,
  partition      smallint NOT NULL,
  seq            bigint NOT NULL,
  key            text NOT NULL,
  state          text NOT NULL CHECK (state IN ('waiting', 'parked', 'queued')),
  awaited        text NOT NULL DEFAULT '',
  reason         text NOT NULL DEFAULT '',
  message        text NOT NULL DEFAULT '',
  attempts       integer NOT NULL DEFAULT 0,
  retry_at       timestamptz,
  event_id       uuid NOT NULL,
  type           text NOT NULL,
  subject        text NOT NULL,
  source_version bigint NOT NULL,
  data           text NOT NULL,
  correlation    text NOT NULL,
  causation      text NOT NULL,
  traceparent    text NOT NULL,
  account_id     uuid,
  known_at       timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL,
  deferred_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, topic, partition, seq)
);
CREATE INDEX deferred_event_key_idx ON deferred_event (consumer, topic, partition, key, seq);
CREATE INDEX deferred_event_due_idx ON deferred_event (consumer, retry_at) WHERE state = 'waiting';
CREATE INDEX deferred_event_awaited_idx ON deferred_event (consumer, awaited)
  WHERE state = 'waiting';
CREATE INDEX deferred_event_correlation_idx ON deferred_event (correlation);
