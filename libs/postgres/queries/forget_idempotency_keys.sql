-- Skips what is locked: another replica is deleting it.
DELETE FROM idempotency_key
WHERE (caller, key) IN (
  SELECT caller, key
  FROM idempotency_key
  WHERE created_at < now() - interval '72 hours'
  ORDER BY caller, key
  LIMIT $1
  FOR UPDATE SKIP LOCKED)
