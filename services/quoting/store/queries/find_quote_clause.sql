-- A clause of a quote against the standard. Reads only.
SELECT q.text, c.text AS standard_text
FROM quote_clause q
JOIN clause c ON c.id = q.clause_id
WHERE q.quote_id = $1 AND q.id = $2
