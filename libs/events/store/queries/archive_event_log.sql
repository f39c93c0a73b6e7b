-- The months that are old enough, the oldest first, and whether each went. Locks a month's partition.
SELECT month, archived, coalesce(held_by, '') AS held_by
FROM event_log_archive($1, $2::text[], $3::smallint[], $4::bigint[])
