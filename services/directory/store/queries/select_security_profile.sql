-- Plain reads of one or of a list.
SELECT id, revision, name, permissions, sees, created_at FROM security_profile
