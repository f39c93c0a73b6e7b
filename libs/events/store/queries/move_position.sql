-- Compare-and-set, in the transaction of the effects: of two replicas one finds no row.
UPDATE consumer_position SET seq = $5
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND seq = $4
