-- Locks a participant whose statements the caller may see: they are made one after the other.
SELECT p.id FROM participant AS p
WHERE p.id = $1 AND caller_sees_statements_of(p.id) FOR NO KEY UPDATE
