-- A new policy from its JSON.
INSERT INTO approval_policy (id, name, active, priority, division_id, conditions, steps,
                             submitter_may_approve, created_at)
SELECT $1, doc ->> 'name', (doc ->> 'active')::boolean, (doc ->> 'priority')::int, $3,
       doc -> 'conditions', doc -> 'steps', (doc ->> 'submitter_may_approve')::boolean, $4
FROM (SELECT $2::jsonb AS doc) AS given
