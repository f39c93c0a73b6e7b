-- Leaves the key columns alone, so it does not wait for the transactions that the lease protects.
UPDATE lease
SET expires_at = clock_timestamp() + make_interval(secs => $4::bigint / 1000.0)
WHERE name = $1 AND holder = $2 AND epoch = $3 AND expires_at > clock_timestamp()
