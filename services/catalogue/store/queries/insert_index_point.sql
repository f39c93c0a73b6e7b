-- Appends a point; a second one of the same month and day is refused.
INSERT INTO index_point (id, index_series_id, month, value, known_on, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
