-- After a piece: $3 lines were read. The row is locked by lock_price_import before.
UPDATE price_import
SET revision = revision + 1, columns = $2, next_line = next_line + $3, rows_taken = rows_taken + $4,
    rows_refused = rows_refused + $5
WHERE id = $1
