-- Holds the end of the chain until the end of the transaction: entries are added one after another.
SELECT position, hash, EXISTS (SELECT FROM audit_entry WHERE id = $1) AS known
FROM audit_chain FOR UPDATE
