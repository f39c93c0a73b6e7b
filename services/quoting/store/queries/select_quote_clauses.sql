-- Clauses of quotes as the API shows them. Reads only; row-level security decides which.
SELECT q.id, q.quote_id, q.position, q.clause_id, c.code, c.locale, c.version AS clause_version,
       c.title, q.text, q.reviewer_id, q.review, q.review_reason, q.reviewed_by, q.reviewed_at
FROM quote_clause q
JOIN clause c ON c.id = q.clause_id
