-- The caller holds the row.
UPDATE residual_demand SET status = 'pursued', opportunity_id = $2, pursued_by = $3, pursued_at = $4,
       revision = revision + 1
WHERE id = $1
