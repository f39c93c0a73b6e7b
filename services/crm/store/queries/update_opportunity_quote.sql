-- The value follows the selected quote ($3, $4 null: not priced yet, the value stays). The row is
-- locked by lock_opportunity before.
UPDATE opportunity
SET revision = revision + 1, quote_id = $2, value_minor = coalesce($3, value_minor),
    currency = coalesce($4, currency)
WHERE id = $1
