-- Reads only, from the partial index.
SELECT EXISTS (SELECT FROM feed_event WHERE position IS NULL) AS unplaced
