-- Runs with their progress. Reads only.
SELECT id, revision, division_id, ends_from, ends_before, account_id, uplift_percent, valid_until,
       status, contracts, quoted, refused, created_by, created_at, finished_at
FROM renewal_run
