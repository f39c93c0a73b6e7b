-- Reads only: of each division, the first due date of an invoice that is still owed and was not yet
-- found overdue. One look-up in issued_invoice_due for each.
SELECT s.division_id, s.time_zone, d.due_on
FROM (SELECT DISTINCT ON (division_id) division_id, time_zone FROM seller
      ORDER BY division_id, revision DESC) AS s
CROSS JOIN LATERAL (SELECT min(due_on) AS due_on FROM issued_invoice AS i
                    WHERE i.division_id = s.division_id AND i.balance_minor > 0
                      AND i.overdue_since IS NULL) AS d
WHERE d.due_on IS NOT NULL
ORDER BY s.division_id
