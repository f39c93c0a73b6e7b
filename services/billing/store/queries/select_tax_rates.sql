-- Reads only. $1 an id, or null for all. $2 a day: the rates that hold on it, as they are then; null:
-- each rate as it was told last.
SELECT v.id, v.revision, v.country, v.customer_country, v.tax_code, v.rate, v.valid_from,
       v.created_at, (
  SELECT json_agg(json_build_object(
           'revision', o.revision, 'rate', trim_scale(o.rate)::text, 'valid_from', o.valid_from,
           'known_at', to_char(o.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
           ORDER BY o.revision)
  FROM tax_rate_version AS o WHERE o.id = v.id) AS versions
FROM (
  SELECT DISTINCT ON (t.id) t.*
  FROM tax_rate_version AS t
  WHERE ($1::uuid IS NULL OR t.id = $1) AND ($2::date IS NULL OR t.valid_from <= $2)
    AND NOT EXISTS (SELECT FROM tax_rate_version AS w WHERE w.id = t.id AND w.withdrawn)
  ORDER BY t.id, CASE WHEN $2 IS NULL THEN NULL ELSE t.valid_from END DESC, t.revision DESC
) AS v
WHERE $2 IS NULL OR NOT EXISTS (
  SELECT FROM tax_rate AS later
  WHERE later.country = v.country AND later.customer_country = v.customer_country
    AND later.tax_code = v.tax_code AND later.valid_from <= $2
    AND later.valid_from > v.valid_from)
