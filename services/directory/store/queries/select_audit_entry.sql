-- Plain reads of one or of a list.
SELECT id, position, service, principal, api_key_id, action, subject_id, request_id, before, after,
       known_at, encode(hash, 'hex') AS hash
FROM audit_entry
