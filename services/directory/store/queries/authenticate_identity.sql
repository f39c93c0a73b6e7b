-- One look-up in the unique index on the identity.
SELECT NULL::uuid AS key_id, member.id AS user_id, '{}'::text[] AS scopes,
       NULL::timestamptz AS expires_at,
       security_profile.permissions, security_profile.sees = 'all' AS sees_all, member.division_ids
FROM member
JOIN security_profile ON security_profile.id = member.profile_id
WHERE member.external_iss = $1 AND member.external_sub = $2 AND member.status = 'active'
