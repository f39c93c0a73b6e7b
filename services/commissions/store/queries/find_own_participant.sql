-- Whether the caller is a participant; participants are never removed, so no lock.
SELECT id FROM participant WHERE user_id = $1
