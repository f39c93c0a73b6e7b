-- Locks the open lines of one schedule in the order of their making, before the schedule itself:
-- the release job takes lines first too, so neither waits for the other in a circle.
SELECT schedule_line_id FROM open_schedule_line WHERE schedule_id = $1
ORDER BY schedule_line_id FOR UPDATE
