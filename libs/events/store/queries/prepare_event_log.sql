-- Makes the log's partitions of this month and the next ones, when they are not there.
SELECT event_log_prepare($1)
