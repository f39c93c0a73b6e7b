-- Converted or disqualified, once and for all. The row is locked by lock_lead before.
UPDATE lead
SET revision = revision + 1, status = $2, disqualified_reason = $3, account_id = $4,
    contact_id = $5, opportunity_id = $6
WHERE id = $1
