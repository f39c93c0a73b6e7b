-- What a quote said after a revision: for each path, what the last revision up to it made of it.
-- Reads only.
SELECT path, value FROM (
  SELECT DISTINCT ON (change.key) change.key AS path, change.value ->> 'to' AS value
  FROM quote_revision r CROSS JOIN LATERAL jsonb_each(r.changes) AS change
  WHERE r.quote_id = $1 AND r.revision <= $2
  ORDER BY change.key, r.revision DESC
) says WHERE value <> 'null'
