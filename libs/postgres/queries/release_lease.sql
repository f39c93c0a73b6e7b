-- The epoch stays: whoever comes next raises it.
UPDATE lease SET expires_at = '-infinity' WHERE name = $1 AND holder = $2 AND epoch = $3
