-- What integrators look for beside the sending itself: keys by which anyone can check a signature,
-- conditions on an event's data, how many at once, and what each attempt sent and was answered.
ALTER TABLE webhook_endpoint
  ADD COLUMN conditions json NOT NULL DEFAULT '[]',
  ADD COLUMN max_concurrency int CHECK (max_concurrency BETWEEN 1 AND 32),
  ADD COLUMN asymmetric_signature boolean NOT NULL DEFAULT false;

-- Beside each secret, and for as long. Null: from before there were any.
ALTER TABLE webhook_secret
  ADD COLUMN signing_key text,
  ADD COLUMN public_key text,
  ADD CHECK ((signing_key IS NULL) = (public_key IS NULL));
GRANT SELECT (public_key) ON webhook_secret TO continuo_webhooks_api;

ALTER TABLE webhook_attempt
  ADD COLUMN request_headers json NOT NULL DEFAULT '[]',
  ADD COLUMN response_headers json NOT NULL DEFAULT '[]';

-- Each row of these two is made by the one statement that has just read, and locked or claimed, what
-- it refers to; nothing deletes that. Looking it up once more for each row, under a lock of its own, is
-- most of what an insert costs.
ALTER TABLE webhook_attempt DROP CONSTRAINT webhook_attempt_delivery_id_fkey;
ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_event_id_fkey,
                             DROP CONSTRAINT webhook_delivery_endpoint_id_fkey;
