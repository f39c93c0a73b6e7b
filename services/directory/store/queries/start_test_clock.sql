-- Under lock_test_clock.
INSERT INTO test_clock (status, at, target, request_id) VALUES ('advancing', $1, $2, $3)
ON CONFLICT (only_row) DO UPDATE
SET status = excluded.status, target = excluded.target, request_id = excluded.request_id,
    visited = 0, stalls = '{}', parked = 0
