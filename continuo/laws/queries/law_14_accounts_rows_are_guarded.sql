-- 14. A table of accounts' rows has a row-level policy
-- Without one: what access itself is decided by, the log and its put-aside events (read through the feed, which asks
-- access), and the work lists of a bill run.
SELECT count(*) AS checked,
       count(*) FILTER (WHERE NOT guarded) AS broken,
       min(example) FILTER (WHERE NOT guarded) AS example
FROM (
  SELECT n.nspname || '.' || c.relname AS example,
         c.relrowsecurity
         AND EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid) AS guarded
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN (EACH SERVICE (SELECT '{service}' AS service)) AS ours ON ours.service = n.nspname
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND EXISTS (SELECT FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped)
    AND c.relname NOT IN ('account_access', 'account_access_revision', 'deferred_event',
                          'bill_run_group', 'billing_due')
    AND c.relname NOT LIKE 'event_log%'  -- its archived months too
) AS tables
