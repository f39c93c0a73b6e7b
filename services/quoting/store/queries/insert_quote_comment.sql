-- A remark of either side.
INSERT INTO quote_comment (id, quote_id, account_id, quote_version, quote_clause_id, side, text,
                           created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
