-- One price import ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, price_book_id, format, status, columns, next_line, rows_taken, rows_refused,
       created_at, completed_at, account_id
FROM price_import
WHERE $1::uuid IS NULL OR id = $1
