-- Reads only: the first day on which something is to be posted, of each division and zone. One
-- look-up in planned_revenue_due for each.
SELECT z.division_id, z.time_zone, d.due_on
FROM recognition_zone AS z
CROSS JOIN LATERAL (SELECT min(due_on) AS due_on FROM planned_revenue AS p
                    WHERE p.division_id = z.division_id AND p.time_zone = z.time_zone) AS d
WHERE d.due_on IS NOT NULL
ORDER BY z.division_id, z.time_zone
