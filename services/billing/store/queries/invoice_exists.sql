-- Reads only.
SELECT id FROM invoice WHERE id = $1::uuid
