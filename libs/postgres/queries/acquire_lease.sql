-- Looks first, so that candidates do not queue for a row that is held. Then waits for the row's
-- lock at most lock_timeout; the database's clock decides. A lease that runs for longer than any is
-- given was given before that clock was set back: its holder, if it lives, renews it and is told by
-- its epoch.
INSERT INTO lease AS held (name, holder, epoch, expires_at)
SELECT $1::text, $2::text, 1, clock_timestamp() + make_interval(secs => $3::bigint / 1000.0)
WHERE NOT EXISTS (
  SELECT FROM lease WHERE name = $1 AND holder <> $2 AND expires_at > clock_timestamp()
    AND expires_at <= clock_timestamp() + 2 * make_interval(secs => $3::bigint / 1000.0))
ON CONFLICT (name) DO UPDATE
SET holder = excluded.holder,
    epoch = held.epoch + CASE WHEN held.holder = excluded.holder
                               AND held.expires_at > clock_timestamp() THEN 0 ELSE 1 END,
    expires_at = clock_timestamp() + make_interval(secs => $3::bigint / 1000.0)
WHERE held.holder = excluded.holder OR held.expires_at <= clock_timestamp()
  OR held.expires_at > clock_timestamp() + 2 * make_interval(secs => $3::bigint / 1000.0)
RETURNING epoch
