-- Takes a slice of one zone's due lines: they are this transaction's to release. Locked in the
-- order of the index, which within a schedule is the order of its lines.
WITH taken AS (
  DELETE FROM open_schedule_line
  WHERE schedule_line_id IN (
    SELECT schedule_line_id FROM open_schedule_line
    WHERE time_zone = $1 AND release_on <= $2
    ORDER BY release_on, account_id, schedule_line_id
    LIMIT $3
    FOR UPDATE)
  RETURNING schedule_line_id)
SELECT l.id, l.schedule_id, l.account_id, l.division_id, s.side, l.amount_minor, l.currency,
       s.payment_days
FROM taken
JOIN schedule_line AS l ON l.id = taken.schedule_line_id
JOIN schedule AS s ON s.id = l.schedule_id
ORDER BY l.account_id, l.division_id, l.id
