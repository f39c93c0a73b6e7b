-- Locks an approval; who changes it holds its quote already.
SELECT id FROM approval WHERE id = $1 FOR UPDATE
