-- The approvals of a quote's version, in the order in which they are asked. The caller holds the quote's
-- row, which everyone who changes an approval locks first.
SELECT id, revision, status, account_id, division_id, quote_id, quote_version, content_hash, policy_id,
       policy_name, priority, step, mode, profile_id, submitter_may_approve, submitted_by, waits_for,
       decisions, delegations, created_at
FROM approval WHERE quote_id = $1 AND quote_version = $2
ORDER BY priority, policy_id, step
