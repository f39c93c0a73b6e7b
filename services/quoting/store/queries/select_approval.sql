-- One approval ($1) or all of them (null). Reads only.
SELECT id, revision, status, account_id, division_id, quote_id, quote_version, content_hash, policy_id,
       policy_name, priority, step, mode, profile_id, submitter_may_approve, submitted_by, waits_for,
       decisions, delegations, created_at
FROM approval WHERE $1::uuid IS NULL OR id = $1
