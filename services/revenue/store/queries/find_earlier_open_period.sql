-- The books are locked.
SELECT id, to_char(start_on, 'YYYY-MM') AS period FROM accounting_period
WHERE division_id = $1::uuid AND start_on < $2 AND closed_at IS NULL
ORDER BY start_on LIMIT 1
