-- An approval of the version that is submitted; the caller holds the quote's row.
INSERT INTO approval (id, status, account_id, division_id, quote_id, quote_version, content_hash,
                      policy_id, policy_name, priority, step, mode, profile_id,
                      submitter_may_approve, submitted_by, waits_for, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
