-- One release batch ($1) or all of them (null), without lines. Batches never change: no lock.
SELECT id, revision, account_id, division_id, released_on, control_totals, created_at
FROM release_batch
WHERE $1::uuid IS NULL OR id = $1
