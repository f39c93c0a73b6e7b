-- Made once for each address. An existing user becomes an administrator and active again: it is how
-- one gets back in when nobody else can.
INSERT INTO member (id, email, name, profile_id, division_ids, status, metadata, created_at)
VALUES ($1, $2, $3, $4, '{}', 'active', '{}', $5)
ON CONFLICT (lower(email)) DO UPDATE
SET profile_id = excluded.profile_id, status = 'active', deactivated_at = NULL,
    revision = member.revision + 1
RETURNING id
