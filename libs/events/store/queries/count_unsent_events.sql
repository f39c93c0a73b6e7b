-- Appended and not yet stamped.
SELECT count(*) AS unstamped FROM event_log WHERE seq IS NULL
