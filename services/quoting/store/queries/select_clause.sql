-- One standard clause ($1) or all of them (null). Reads only.
SELECT id, code, locale, version, title, text, created_at
FROM clause WHERE $1::uuid IS NULL OR id = $1
