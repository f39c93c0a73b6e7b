-- The proposal of a version that was signed: by its id, or by its PDF's SHA-256. The caller holds the
-- quote's row.
SELECT id, document_hash, content_hash, consent FROM proposal
WHERE quote_id = $1 AND quote_version = $2 AND NOT draft AND ($3::uuid IS NULL OR id = $3)
  AND ($4::text IS NULL OR document_hash = $4)
ORDER BY id LIMIT 1
