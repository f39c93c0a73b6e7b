-- Where a new quote came from; in the transaction that makes it.
UPDATE quote SET cloned_from_id = $2 WHERE id = $1
