-- One row at most; none until the clock has first been sent somewhere.
SELECT status, at, target, visited, stalls, parked, request_id FROM test_clock
