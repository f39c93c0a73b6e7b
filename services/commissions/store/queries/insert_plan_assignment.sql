-- The participant is new, or locked by lock_participant.
INSERT INTO plan_assignment (participant_id, valid_from, plan_id, known_at) VALUES ($1, $2, $3, $4)
