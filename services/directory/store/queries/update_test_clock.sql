-- By the holder of the clock's lease only.
UPDATE test_clock SET status = $1, visited = $2, stalls = $3, parked = $4
