-- Once for each division and zone: a repeat adds nothing.
WITH books AS (
  INSERT INTO division_books (division_id) VALUES ($1::uuid) ON CONFLICT DO NOTHING
)
INSERT INTO recognition_zone (division_id, time_zone) VALUES ($1::uuid, $2) ON CONFLICT DO NOTHING
