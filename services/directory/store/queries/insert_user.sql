-- The constraints member_email and member_external_identity refuse a second user of either.
INSERT INTO member (id, email, name, profile_id, division_ids, external_iss, external_sub, status,
                    metadata, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)
