-- Locks the division's books, so that nothing is posted while the period closes.
SELECT p.id, p.revision, p.division_id, p.start_on, (p.start_on + interval '1 month')::date AS end_on,
       p.closed_at, b.closed_through
FROM accounting_period AS p JOIN division_books AS b ON b.division_id = p.division_id
WHERE p.id = $1::uuid
FOR UPDATE OF b
