-- 3. Each line of a schedule is pending, released or void, and only one of them
SELECT count(*) AS checked,
       count(*) FILTER (WHERE states <> 1) AS broken,
       min(id::text) FILTER (WHERE states <> 1) AS example
FROM (
  SELECT l.id,
         (o.schedule_line_id IS NOT NULL)::int + (r.schedule_line_id IS NOT NULL)::int
           + (v.schedule_line_id IS NOT NULL)::int AS states
  FROM contracts.schedule_line AS l
  LEFT JOIN contracts.open_schedule_line AS o ON o.schedule_line_id = l.id
  LEFT JOIN contracts.schedule_line_release AS r ON r.schedule_line_id = l.id
  LEFT JOIN contracts.schedule_line_void AS v ON v.schedule_line_id = l.id
) AS lines
