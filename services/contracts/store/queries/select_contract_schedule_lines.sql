-- Every line of a contract's schedules, in order within each. Lines are never updated: no lock.
SELECT l.id, l.schedule_id, l.account_id, l.sequence, l.period_start, l.period_end, l.bill_on,
       l.release_on, ROW(l.amount_minor, l.currency) AS amount,
       CASE WHEN r.schedule_line_id IS NOT NULL THEN 'released'
            WHEN v.schedule_line_id IS NOT NULL THEN 'voided'
            ELSE 'pending' END AS state,
       r.release_batch_id
FROM schedule AS s
JOIN schedule_line AS l ON l.schedule_id = s.id
LEFT JOIN schedule_line_release AS r ON r.schedule_line_id = l.id
LEFT JOIN schedule_line_void AS v ON v.schedule_line_id = l.id
WHERE s.contract_id = $1
ORDER BY l.schedule_id, l.period_start, l.id
