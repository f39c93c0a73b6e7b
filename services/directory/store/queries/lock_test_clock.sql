-- Two calls that advance the clock at once follow each other; the lock stands for the row that may
-- not exist yet.
SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' test_clock', 0)),
       EXISTS (SELECT FROM business_clock) AS set
