-- Assignments never change: no lock. The oldest first.
SELECT plan_id, valid_from, known_at FROM plan_assignment
WHERE participant_id = $1 ORDER BY valid_from
