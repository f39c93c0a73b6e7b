-- Every edit and action of quotes as the API shows them. Reads only.
SELECT id, quote_id, revision, version, status, action, changed_by, request_id, reason, changes,
       ROW(term_minor, currency) AS term_total, known_at AS changed_at
FROM quote_revision
