-- One lead ($1) or all of them (null). Reads only.
SELECT id, revision, source, company, contact, country, currency, owner_id, status,
       disqualified_reason, account_id, contact_id, opportunity_id, metadata, created_at
FROM lead
WHERE $1::uuid IS NULL OR id = $1
