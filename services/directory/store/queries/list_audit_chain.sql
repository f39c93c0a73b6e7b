-- The chain in its order, a page at a time.
SELECT id, position, service, principal, api_key_id, action, subject_id, request_id,
       before::text AS before, after::text AS after, known_at, hash
FROM audit_entry WHERE position > $1 ORDER BY position LIMIT $2
