-- The constraint security_profile_name refuses a second profile of the name.
INSERT INTO security_profile (id, name, permissions, sees, created_at) VALUES ($1, $2, $3, $4, $5)
