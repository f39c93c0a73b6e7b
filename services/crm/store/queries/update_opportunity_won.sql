-- Won by an order, whose total is its value from now on. The row is locked by lock_opportunity
-- before.
UPDATE opportunity
SET revision = revision + 1, status = 'won', order_id = $2, value_minor = $3, currency = $4,
    lost_reason = NULL, closed_at = $5
WHERE id = $1
