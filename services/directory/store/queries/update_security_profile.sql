-- Under lock_security_profile.
UPDATE security_profile
SET revision = revision + 1, name = $2, permissions = $3, sees = $4
WHERE id = $1
