-- The caller holds the row.
UPDATE residual_demand SET status = 'dismissed', reason = $2, revision = revision + 1 WHERE id = $1
