-- Plain reads of one or of a list.
SELECT id, revision, email, name, profile_id, division_ids,
       CASE WHEN external_iss IS NOT NULL
            THEN json_build_object('iss', external_iss, 'sub', external_sub) END AS external_identity,
       status, metadata, created_at, deactivated_at
FROM member
