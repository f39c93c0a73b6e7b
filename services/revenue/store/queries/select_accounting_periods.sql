-- Reads only. Serves list.
SELECT id, revision, division_id, to_char(start_on, 'YYYY-MM') AS period, start_on,
       (start_on + interval '1 month')::date AS end_on,
       CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END AS status, closed_at, closed_by,
       created_at
FROM accounting_period
