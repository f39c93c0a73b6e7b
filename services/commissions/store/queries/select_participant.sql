-- Participants never change: no lock. $1 an id, or null for all.
SELECT id, revision, user_id, plan_id, created_at FROM participant
WHERE $1::uuid IS NULL OR id = $1
