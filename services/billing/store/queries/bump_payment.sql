-- The row is locked by lock_payment.
UPDATE payment SET revision = revision + 1 WHERE id = $1::uuid
