-- The products frozen on a quote's lines, for what a document says of them. Reads only.
SELECT id, product FROM quote_line WHERE quote_id = $1 ORDER BY position
