-- Holds the row until the transaction ends: who would take the lease over (and so change its epoch,
-- a key column) waits; renewing does not.
SELECT epoch
FROM lease
WHERE name = $1 AND holder = $2 AND epoch = $3 AND expires_at > clock_timestamp()
FOR KEY SHARE
