-- How far a stream's log is archived.
SELECT coalesce(max(through_seq), 0) AS through_seq FROM event_log_bound
WHERE topic = $1 AND partition = $2
