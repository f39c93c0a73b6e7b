-- What was refused of an import ($1). Reads only.
SELECT id, price_import_id, line, "column", code, detail
FROM refused_price_row
WHERE price_import_id = $1
