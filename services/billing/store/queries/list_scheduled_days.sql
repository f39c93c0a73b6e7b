-- Reads only: of each division with an enabled schedule and no active run, the first day on which
-- something may be billed. One look-up in billing_due_day for each.
SELECT s.id, s.division_id, s.auto_issue, d.bill_on,
       (SELECT time_zone FROM seller WHERE division_id = s.division_id
        ORDER BY revision DESC LIMIT 1) AS time_zone
FROM bill_run_schedule AS s
CROSS JOIN LATERAL (SELECT min(bill_on) AS bill_on FROM billing_due
                    WHERE division_id = s.division_id) AS d
WHERE s.enabled AND d.bill_on IS NOT NULL
  AND NOT EXISTS (SELECT FROM bill_run AS r WHERE r.division_id = s.division_id
                    AND r.status IN ('queued', 'running'))
ORDER BY s.division_id
