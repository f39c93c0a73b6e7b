-- The lines of a locked schedule that are not void, in order.
SELECT l.id, l.sequence, l.period_start, l.period_end, l.bill_on, l.release_on, l.amount_minor,
       EXISTS (SELECT FROM schedule_line_release AS r WHERE r.schedule_line_id = l.id) AS released
FROM schedule_line AS l
WHERE l.schedule_id = $1
  AND NOT EXISTS (SELECT FROM schedule_line_void AS v WHERE v.schedule_line_id = l.id)
ORDER BY l.period_start
