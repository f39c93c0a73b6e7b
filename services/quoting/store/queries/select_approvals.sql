-- All approvals ($1 null), or the open ones that wait for a user ($1), by name or by profile ($2).
-- Reads only.
SELECT id, revision, status, account_id, division_id, quote_id, quote_version, content_hash, policy_id,
       policy_name, priority, step, mode, profile_id, submitter_may_approve, submitted_by, waits_for,
       decisions, delegations, created_at
FROM approval
WHERE $1::uuid IS NULL OR (status = 'open' AND ($1 = ANY (waits_for) OR profile_id = $2::uuid))
