-- The open lines of a locked schedule of which nothing is released; they are locked as well.
DELETE FROM open_schedule_line WHERE schedule_id = $1
