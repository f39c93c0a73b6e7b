-- One approval policy ($1) or all of them (null). Reads only.
SELECT id, revision, name, active, priority, division_id, conditions, steps, submitter_may_approve,
       created_at
FROM approval_policy WHERE $1::uuid IS NULL OR id = $1
