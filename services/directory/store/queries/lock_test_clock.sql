-- Two calls that advance the clock at once follow each other; the lock stands for the row that may
-- not exist yet. The row is read by a statement of its own, whose snapshot is taken under the lock.
SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' test_clock', 0)) IS NULL AS locked
