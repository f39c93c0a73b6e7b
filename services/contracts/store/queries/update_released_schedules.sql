-- Schedules that began to run or have nothing left to release; the others are not touched. Locked
-- in id order, after their lines.
UPDATE schedule AS s
SET status = changed.status, revision = s.revision + 1
FROM (SELECT id, CASE WHEN EXISTS (SELECT FROM open_schedule_line AS o WHERE o.schedule_id = id)
                      THEN 'running' ELSE 'ended' END AS status
      FROM schedule
      WHERE id = ANY($1) AND status IN ('initialised', 'running')
      ORDER BY id
      FOR NO KEY UPDATE) AS changed
WHERE s.id = changed.id AND s.status <> changed.status
