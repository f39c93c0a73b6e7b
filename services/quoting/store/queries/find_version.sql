-- What was submitted as a version, or as the last one before it. Reads only; the caller holds the
-- quote's row.
SELECT version, content_hash, content_paths, content_values FROM quote_version
WHERE quote_id = $1 AND version <= $2 ORDER BY version DESC LIMIT 1
