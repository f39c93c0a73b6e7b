-- Stamped events on their way to the consumers. The record is each owner's event_log; rows here are
-- forgotten after a while.
CREATE TABLE log (
  topic          text NOT NULL,
  partition      smallint NOT NULL,
  seq            bigint NOT NULL,
  event_id       uuid NOT NULL,
  key            text NOT NULL,
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
  sent_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic, partition, seq)
);
CREATE INDEX log_sent_at_idx ON log USING brin (sent_at);

-- What consumers miss, until the owner's relay has taken note of it.
CREATE TABLE resend_request (
  topic     text NOT NULL,
  partition smallint NOT NULL,
  from_seq  bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);
