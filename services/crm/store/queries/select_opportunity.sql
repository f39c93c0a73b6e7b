-- One opportunity ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, account_id, name, pipeline_id, stage, status,
       ROW(value_minor, currency) AS value, close_on, kind, owner_id, contact_id, quote_id,
       order_id, lost_reason, closed_at, metadata, created_at
FROM opportunity
WHERE $1::uuid IS NULL OR id = $1
