-- When a version was handed in. Reads only.
SELECT submitted_at FROM quote_version WHERE quote_id = $1 AND version = $2
