-- One row, until the end of the transaction.
SELECT FROM responsibility_link WHERE id = $1 FOR UPDATE
