-- Every end that a link was ever given, append-only and with both clocks: the day on which it takes
-- effect and the instant at which it became known. responsibility_link.valid_to is the newest.
CREATE TABLE responsibility_link_ending (
  link_id uuid NOT NULL REFERENCES responsibility_link,
  valid_to date NOT NULL,
  known_at timestamptz NOT NULL,
  ended_by text NOT NULL,        -- the principal
  request_id text NOT NULL,
  -- Which came first, when the sandbox's clock stands still.
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX responsibility_link_ending_link ON responsibility_link_ending (link_id);
INSERT INTO responsibility_link_ending (link_id, valid_to, known_at, ended_by, request_id)
SELECT id, valid_to, created_at, '', '' FROM responsibility_link WHERE valid_to IS NOT NULL;
