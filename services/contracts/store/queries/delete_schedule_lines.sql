-- Runs after delete_open_lines.sql; a line that was released after all is held by its reference.
DELETE FROM schedule_line WHERE schedule_id = $1
