-- Under lock_audit_chain: the entry, and the chain's new end.
WITH added AS (
  INSERT INTO audit_entry (id, position, service, principal, api_key_id, action, subject_id,
                           request_id, before, after, known_at, hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
)
UPDATE audit_chain SET position = $2, hash = $12
