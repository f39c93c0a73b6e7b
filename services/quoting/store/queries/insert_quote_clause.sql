-- A clause of a quote; the caller holds the quote's row.
INSERT INTO quote_clause (id, quote_id, account_id, position, clause_id, text, reviewer_id, review)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
