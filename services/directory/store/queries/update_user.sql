-- Under lock_user.
UPDATE member
SET revision = revision + 1, email = $2, name = $3, profile_id = $4, division_ids = $5,
    external_iss = $6, external_sub = $7, metadata = $8
WHERE id = $1
