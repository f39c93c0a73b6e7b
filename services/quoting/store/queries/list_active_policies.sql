-- What applies to a version of this division that is submitted. Policies are few: a company has some
-- dozens, and 200 are the most that are looked at.
SELECT id, revision, name, active, priority, division_id, conditions, steps, submitter_may_approve,
       created_at
FROM approval_policy WHERE active AND (division_id IS NULL OR division_id = $1)
ORDER BY priority, id LIMIT 200
