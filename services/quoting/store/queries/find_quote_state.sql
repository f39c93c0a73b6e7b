-- The revision that a state of a quote is: revision $2; or what was handed in as version $3, the
-- last of it where it never was; or, with neither, the last. Reads only.
SELECT quote_id, version, revision, status, changed_by, action, reason, known_at AS changed_at,
       ROW(term_minor, currency) AS term_total
FROM quote_revision
WHERE quote_id = $1 AND ($2::bigint IS NULL OR revision = $2) AND ($3::int IS NULL OR version = $3)
ORDER BY ($3::int IS NOT NULL AND action = 'submit') DESC, revision DESC LIMIT 1
