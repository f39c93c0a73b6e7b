-- One row, until the end of the transaction.
SELECT FROM security_profile WHERE id = $1 FOR UPDATE
