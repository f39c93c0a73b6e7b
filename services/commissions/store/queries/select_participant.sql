-- Reads only. $1 an id, or null for all.
SELECT p.id, p.revision, p.user_id, p.valid_from, p.valid_to, p.created_at,
       (SELECT a.plan_id FROM plan_assignment AS a WHERE a.participant_id = p.id
        ORDER BY a.valid_from DESC LIMIT 1) AS plan_id
FROM participant AS p
WHERE $1::uuid IS NULL OR p.id = $1
