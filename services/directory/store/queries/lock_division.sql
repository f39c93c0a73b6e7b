-- One row, until the end of the transaction: a concurrent change waits and sees this one's revision.
SELECT FROM division WHERE id = $1 FOR UPDATE
