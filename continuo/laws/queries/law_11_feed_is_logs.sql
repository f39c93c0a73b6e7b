-- 11. Feed = logs: every public event of every service is in the feed exactly once, with a position
SELECT count(*) AS checked,
       count(*) FILTER (WHERE logged IS NULL OR fed IS NULL OR position IS NULL) AS broken,
       min(coalesce(logged, fed)::text)
         FILTER (WHERE logged IS NULL OR fed IS NULL OR position IS NULL) AS example
FROM (
  SELECT l.event_id AS logged, f.id AS fed, f.position
  FROM (EACH SERVICE (SELECT event_id, topic, type FROM {service}.event_log)) AS l
  FULL JOIN webhooks.feed_event AS f ON f.id = l.event_id
  -- Internal ones: audit entries, and who may see an account.
  WHERE (l.event_id IS NULL
         -- Of a month that is archived; it may have been placed a little later.
         AND f.placed_at >= coalesce((
           SELECT max(before) + interval '1 day'
           FROM (EACH SERVICE (SELECT topic, before FROM {service}.event_log_bound)) AS b
           WHERE b.topic = f.topic), '-infinity'))
     OR (l.topic NOT LIKE '%.audit' AND l.type <> 'account_access.changed')
) AS both_sides
