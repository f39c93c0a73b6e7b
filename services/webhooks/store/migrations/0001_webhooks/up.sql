-- The feed of events, endpoints, deliveries. account_access and continuo_sees_account are
-- libs/access's.

-- The last position given. Whoever gives positions holds it, and so does whoever makes an endpoint
-- listen: no event comes between the position an endpoint listens from and its first match.
CREATE TABLE feed_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL
);
INSERT INTO feed_head (position) VALUES (0);

-- Every public event of every service, once. Append-only: a row's only change is that it gets its
-- position, which is never changed. `arrival` orders what has none yet.
CREATE TABLE feed_event (
  id             uuid PRIMARY KEY,  -- the event's own
  arrival        bigint GENERATED ALWAYS AS IDENTITY,
  position       bigint CONSTRAINT feed_event_position UNIQUE CHECK (position > 0),
  topic          text NOT NULL,
  type           text NOT NULL,
  subject        text NOT NULL,
  source_version bigint NOT NULL,
  key            text NOT NULL,
  data           text NOT NULL CHECK (octet_length(data) <= 16384),
  traceparent    text NOT NULL,
  account_id     uuid,
  -- That the data names, or else that an earlier event of the subject was of.
  division_id    uuid,
  -- Tells of several divisions at once, and so is only for those who are restricted to none.
  of_many_divisions boolean NOT NULL DEFAULT false,
  known_at       timestamptz NOT NULL,
  placed_at      timestamptz,        -- wall clock; in the order of position
  CHECK ((position IS NULL) = (placed_at IS NULL))
);
CREATE INDEX feed_event_unplaced ON feed_event (arrival) WHERE position IS NULL;
CREATE INDEX feed_event_placed_at ON feed_event (placed_at);
CREATE INDEX feed_event_account ON feed_event (account_id, position);
CREATE INDEX feed_event_division ON feed_event (subject, arrival) WHERE division_id IS NOT NULL;
ALTER TABLE feed_event ENABLE ROW LEVEL SECURITY;
-- What belongs to no account is for those who see all.
CREATE POLICY seen ON feed_event
  USING (position IS NOT NULL AND caller_sees_division(division_id)
         AND (NOT of_many_divisions OR cardinality(caller_division_ids()) = 0)
         AND (caller_sees_all() OR (account_id IS NOT NULL AND continuo_sees_account(account_id))));

CREATE TABLE webhook_endpoint (
  id              uuid PRIMARY KEY,
  revision        bigint NOT NULL DEFAULT 1,
  url             text NOT NULL,
  description     text,
  division_id     uuid,
  event_types     text[] NOT NULL,
  ordered         boolean NOT NULL,
  rate_per_second int CHECK (rate_per_second BETWEEN 1 AND 1000),
  status          text NOT NULL CHECK (status IN ('enabled', 'disabled')),
  disabled_reason text CHECK (disabled_reason IN ('requested', 'gone', 'failing')),
  -- Events behind this position are matched: it moves when the endpoint is enabled, or listens to
  -- something else.
  listens_from    bigint NOT NULL,
  created_at      timestamptz NOT NULL,
  CHECK ((status = 'disabled') = (disabled_reason IS NOT NULL))
);
ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY;
-- An endpoint hears of every account.
CREATE POLICY sees_all ON webhook_endpoint
  USING (caller_sees_all() AND caller_sees_division(division_id))
  WITH CHECK (caller_sees_all() AND caller_sees_division(division_id));

-- What the sender knows of an endpoint; apart, since it changes with the deliveries. Locked by
-- whoever takes deliveries of the endpoint, for as long as that takes.
CREATE TABLE webhook_endpoint_state (
  endpoint_id   uuid PRIMARY KEY REFERENCES webhook_endpoint,
  failing_since timestamptz,
  -- Of an ordered endpoint: until when what is being sent to it is claimed.
  busy_until    timestamptz,
  -- Where its rate allows the next one; up to a second of it may be used at once. Until then it is
  -- sent nothing, with or without a rate: a busy one says by Retry-After for how long.
  paced_until   timestamptz NOT NULL DEFAULT 'epoch'
) WITH (fillfactor = 50);

-- The api role writes secrets and can never read one back: only the sender's role can.
CREATE TABLE webhook_secret (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id uuid NOT NULL REFERENCES webhook_endpoint,
  secret      text NOT NULL,
  expires_at  timestamptz  -- wall clock; null: the current one
);
CREATE INDEX webhook_secret_endpoint ON webhook_secret (endpoint_id);
CREATE INDEX webhook_secret_expired ON webhook_secret (expires_at) WHERE expires_at IS NOT NULL;
CREATE UNIQUE INDEX webhook_secret_current ON webhook_secret (endpoint_id) WHERE expires_at IS NULL;
REVOKE ALL ON webhook_secret FROM continuo_webhooks_api;
GRANT INSERT, SELECT (endpoint_id, expires_at), UPDATE (expires_at) ON webhook_secret
  TO continuo_webhooks_api;

CREATE TABLE webhook_delivery (
  id              uuid PRIMARY KEY,
  endpoint_id     uuid NOT NULL REFERENCES webhook_endpoint,
  event_id        uuid NOT NULL REFERENCES feed_event,
  event_type      text NOT NULL,
  position        bigint NOT NULL,
  status          text NOT NULL CHECK (status IN ('scheduled', 'delivered', 'exhausted')),
  attempt_count   int NOT NULL DEFAULT 0,
  -- Of them since it was last scheduled from the beginning: its place in the retry schedule.
  round_attempts  int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  delivered_at    timestamptz,
  -- Who has taken it, as a number that grows, and until when no one else may.
  claim           bigint NOT NULL DEFAULT 0,
  claimed_until   timestamptz,
  CONSTRAINT webhook_delivery_once UNIQUE (event_id, endpoint_id),
  CHECK ((status = 'scheduled') = (next_attempt_at IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_attempt_at, position)
  WHERE status = 'scheduled';
CREATE INDEX webhook_delivery_order ON webhook_delivery (endpoint_id, position)
  WHERE status = 'scheduled';
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_endpoint ON webhook_delivery
  USING (EXISTS (SELECT FROM webhook_endpoint AS e WHERE e.id = endpoint_id));

-- Append-only.
CREATE TABLE webhook_attempt (
  id          uuid PRIMARY KEY,
  delivery_id uuid NOT NULL REFERENCES webhook_delivery,
  number      int NOT NULL,
  started_at  timestamptz NOT NULL,
  duration_ms int NOT NULL,
  http_status int,
  error       text,
  CHECK ((http_status IS NULL) <> (error IS NULL))
);
CREATE INDEX webhook_attempt_delivery ON webhook_attempt (delivery_id, id);
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_delivery ON webhook_attempt
  USING (EXISTS (SELECT FROM webhook_delivery AS d WHERE d.id = delivery_id));

-- A recovery that is being worked off: from the position after `done_to` up to `until`.
CREATE TABLE webhook_recovery (
  endpoint_id uuid PRIMARY KEY REFERENCES webhook_endpoint,
  done_to     bigint NOT NULL,
  until       bigint NOT NULL
);
