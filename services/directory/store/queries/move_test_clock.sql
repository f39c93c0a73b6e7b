-- By the holder of the clock's lease only. It never goes back.
UPDATE test_clock SET at = $1, visited = visited + 1, stalls = '{}' WHERE at < $1
