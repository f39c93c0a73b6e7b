-- A clause after a change or a decision; who decided, when and why only of the latter. The caller holds
-- the quote's row.
UPDATE quote_clause
SET text = $2, reviewer_id = $3, review = $4, review_reason = $5, reviewed_by = $6, reviewed_at = $7
WHERE id = $1
