-- A version as it is submitted; the caller holds the quote's row.
INSERT INTO quote_version (id, quote_id, account_id, version, status, content_hash, quote,
                           content_paths, content_values, changes, submitted_by, submitted_at)
VALUES ($1, $2, $3, $4, 'submitted', $5, $6::jsonb, $7::text[], $8::text[], $9::jsonb, $10, $11)
