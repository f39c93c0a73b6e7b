-- The points of an index ($1): all of them, or, as it was known on a day ($2), the last one of each month.
-- $3: one point by its id. Points never change: no lock.
SELECT id, index_series_id, month, value, known_on, created_at
FROM index_point AS p
WHERE index_series_id = $1 AND ($3::uuid IS NULL OR id = $3)
  AND ($2::date IS NULL OR known_on = (
    SELECT max(o.known_on) FROM index_point AS o
    WHERE o.index_series_id = $1 AND o.month = p.month AND o.known_on <= $2))
