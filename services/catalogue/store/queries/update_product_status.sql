-- Publishing and retiring. The row is locked by lock_product before.
UPDATE product SET revision = revision + 1, status = $2, version = $3 WHERE id = $1
