-- Replaces a policy by its JSON. The row is locked by lock_approval_policy before.
UPDATE approval_policy
SET revision = revision + 1, name = doc ->> 'name', active = (doc ->> 'active')::boolean,
    priority = (doc ->> 'priority')::int, division_id = $3, conditions = doc -> 'conditions',
    steps = doc -> 'steps', submitter_may_approve = (doc ->> 'submitter_may_approve')::boolean
FROM (SELECT $2::jsonb AS doc) AS given
WHERE id = $1
