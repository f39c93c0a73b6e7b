-- One row, until the end of the transaction.
SELECT FROM member WHERE id = $1 FOR UPDATE
