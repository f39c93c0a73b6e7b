-- A run; its contracts follow in the same transaction and are counted by them.
INSERT INTO renewal_run (id, division_id, ends_from, ends_before, account_id, uplift_percent,
                         valid_until, status, contracts, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', 0, $8, $9)
