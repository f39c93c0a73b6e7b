-- Facts about these subjects have been applied: whoever waits for them is tried now.
UPDATE deferred_event SET retry_at = clock_timestamp()
WHERE consumer = $1 AND state = 'waiting' AND awaited = ANY($2::text[])
