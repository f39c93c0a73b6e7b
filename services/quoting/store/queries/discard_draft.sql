-- The draft itself, after its lines.
DELETE FROM quote WHERE id = $1
