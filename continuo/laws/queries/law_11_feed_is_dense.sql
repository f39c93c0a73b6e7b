-- 11. The positions of the feed are 1, 2, 3 ... without gaps, up to its head
SELECT count(f.position) AS checked,
       CASE WHEN coalesce(max(f.position), 0) = count(f.position)
             AND coalesce(min(f.position), 1) = 1
             AND coalesce(max(f.position), 0) = (SELECT position FROM webhooks.feed_head)
            THEN 0 ELSE 1 END AS broken,
       max(f.position)::text AS example
FROM webhooks.feed_event AS f
