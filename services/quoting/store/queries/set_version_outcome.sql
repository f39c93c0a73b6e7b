-- How far a version came; the caller holds the quote's row. Its content stays.
UPDATE quote_version
SET status = $3,
    decided_by = CASE WHEN $3 IN ('approved', 'rejected') THEN $4::uuid ELSE decided_by END,
    decided_at = CASE WHEN $3 IN ('approved', 'rejected') THEN $5::timestamptz ELSE decided_at END,
    released_at = CASE WHEN $3 = 'released' THEN $5::timestamptz ELSE released_at END,
    reason = coalesce($6, reason)
WHERE quote_id = $1 AND version = $2
