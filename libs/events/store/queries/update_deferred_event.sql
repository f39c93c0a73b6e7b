-- It was tried again in vain, or is now the first of its key. Under the lock of its position.
UPDATE deferred_event
SET state = $5, awaited = $6, reason = $7, message = $8, attempts = attempts + $9,
    retry_at = clock_timestamp() + make_interval(secs => $10 / 1000.0)
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND seq = $4
