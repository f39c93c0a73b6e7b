-- Locks the one policy that a command changes.
SELECT id FROM approval_policy WHERE id = $1 FOR UPDATE
