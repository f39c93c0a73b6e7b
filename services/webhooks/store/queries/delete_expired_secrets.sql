-- At most $1 of those that have signed nothing for a day. Safe to repeat.
WITH oldest AS MATERIALIZED (
  SELECT id FROM webhook_secret WHERE expires_at <= now() - interval '1 day'
  ORDER BY expires_at LIMIT $1
  FOR UPDATE SKIP LOCKED
)
DELETE FROM webhook_secret USING oldest WHERE webhook_secret.id = oldest.id
