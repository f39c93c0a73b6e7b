-- A new participant; a user that is one already inserts nothing.
INSERT INTO participant (id, user_id, valid_from, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT participant_user DO NOTHING
