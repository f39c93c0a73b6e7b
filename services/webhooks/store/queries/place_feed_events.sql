-- The oldest without a position, at most $1, get the next ones. Under the lock of lock_feed_head,
-- so positions have no gap and become visible in their order. The data comes of types $2 alone.
WITH oldest AS (
  SELECT id, arrival FROM feed_event WHERE position IS NULL ORDER BY arrival LIMIT $1
), next AS (
  SELECT id, row_number() OVER (ORDER BY arrival) AS step FROM oldest
), head AS (
  UPDATE feed_head SET position = position + (SELECT count(*) FROM next) RETURNING position
)
UPDATE feed_event AS e
SET position = head.position - (SELECT count(*) FROM next) + next.step,
    placed_at = statement_timestamp()
FROM next, head
WHERE e.id = next.id
RETURNING e.id AS event_id, e.position, e.type, e.subject, e.division_id,
  CASE WHEN e.type = ANY ($2::text[]) THEN e.data END AS data
