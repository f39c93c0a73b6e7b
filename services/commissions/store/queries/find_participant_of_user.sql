-- Participants are never removed: no lock.
SELECT id FROM participant WHERE user_id = $1
