-- By the holder of the clock's lease only.
UPDATE test_clock SET stalls = $1, parked = $2 WHERE status = 'advancing'
