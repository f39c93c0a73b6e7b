-- Submitted versions as the API shows them. Reads only.
SELECT id, quote_id, version, status, content_hash, quote, changes, submitted_by, submitted_at,
       decided_by, decided_at, reason, released_at
FROM quote_version
