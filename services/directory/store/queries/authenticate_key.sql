-- One look-up in the unique index on the hash, by the wall clock.
SELECT api_key.id AS key_id, api_key.user_id, api_key.scopes, api_key.expires_at,
       security_profile.permissions, security_profile.sees = 'all' AS sees_all, member.division_ids
FROM api_key
JOIN member ON member.id = api_key.user_id
JOIN security_profile ON security_profile.id = member.profile_id
WHERE api_key.secret_sha256 = $1 AND api_key.revoked_at IS NULL AND member.status = 'active'
  AND (api_key.expires_at IS NULL OR now() < api_key.expires_at)
