-- A version as it read when it was handed in. Reads only.
SELECT quote FROM quote_version WHERE quote_id = $1 AND version = $2
