-- Every active user who may do everything, locked in id order: two administrators who deactivate
-- each other at once wait here, and the second finds one left.
SELECT member.id
FROM member JOIN security_profile ON security_profile.id = member.profile_id
WHERE member.status = 'active' AND security_profile.sees = 'all'
  AND '*' = ANY (security_profile.permissions)
ORDER BY member.id
FOR UPDATE
