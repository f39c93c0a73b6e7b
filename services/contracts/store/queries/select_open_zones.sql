-- The earliest open line of each zone, by skipping from zone to zone along the index: its cost does
-- not grow with the number of lines. Reads only.
WITH RECURSIVE zone AS (
  (SELECT time_zone, release_on FROM open_schedule_line ORDER BY time_zone, release_on LIMIT 1)
  UNION ALL
  SELECT later.time_zone, later.release_on
  FROM zone,
       LATERAL (SELECT o.time_zone, o.release_on FROM open_schedule_line AS o
                WHERE o.time_zone > zone.time_zone
                ORDER BY o.time_zone, o.release_on LIMIT 1) AS later)
SELECT time_zone, release_on FROM zone ORDER BY time_zone
