-- The contract that a quote changes, and the lines that it changes. Reads only.
SELECT q.contract_id, l.id AS line_id, l.change
FROM quote AS q LEFT JOIN quote_line AS l ON l.quote_id = q.id AND l.change IS NOT NULL
WHERE q.id = $1 AND q.contract_id IS NOT NULL
ORDER BY l.position
