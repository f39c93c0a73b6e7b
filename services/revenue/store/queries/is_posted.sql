-- Reads only.
SELECT EXISTS (SELECT FROM journal_entry WHERE kind = $1 AND source = $2::uuid) AS posted
