-- One piece of an export, in the order of the chain. Plain read; what is there never changes.
SELECT id, position, service, principal, api_key_id, action, subject_id, request_id, before, after,
       known_at, encode(hash, 'hex') AS hash
FROM audit_entry
WHERE position > $1
  AND ($2::text IS NULL OR service = $2)
  AND ($3::text IS NULL OR principal = $3)
  AND ($4::text IS NULL OR action = $4)
  AND ($5::text IS NULL OR subject_id = $5)
  AND ($6::text IS NULL OR request_id = $6)
  AND ($7::timestamptz IS NULL OR known_at >= $7)
  AND ($8::timestamptz IS NULL OR known_at < $8)
ORDER BY position
LIMIT $9
