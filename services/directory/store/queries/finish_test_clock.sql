-- By the holder of the clock's lease only; no row when it was finished already.
UPDATE test_clock SET status = 'ready', stalls = '{}', parked = $1 WHERE status = 'advancing'
RETURNING at
