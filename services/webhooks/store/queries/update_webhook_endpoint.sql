-- The row is locked by lock_webhook_endpoint. $8: where it listens from, null: as before.
UPDATE webhook_endpoint
SET revision = revision + 1, url = $2, description = $3, division_id = $4, event_types = $5,
    ordered = $6, rate_per_second = $7, listens_from = coalesce($8, listens_from),
    conditions = $9, max_concurrency = $10, asymmetric_signature = $11
WHERE id = $1
