-- The next version of a clause; of two at once the unique constraint refuses one.
INSERT INTO clause (id, code, locale, version, title, text, created_at)
SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6
FROM clause WHERE code = $2 AND locale = $3
