-- The clauses of a quote, with the standard's texts; the caller holds the quote's row.
SELECT q.id, q.position, q.clause_id, c.code, c.locale, c.version, c.text AS standard_text, q.text,
       q.reviewer_id, q.review
FROM quote_clause q
JOIN clause c ON c.id = q.clause_id
WHERE q.quote_id = $1
ORDER BY q.position
