-- Whoever deletes a line's open row decides: lines that the release job took meanwhile are not
-- among the returned ones.
WITH taken AS (
  DELETE FROM open_schedule_line WHERE schedule_line_id = ANY($1)
  RETURNING schedule_line_id, account_id)
INSERT INTO schedule_line_void (schedule_line_id, account_id, effective_on, known_at)
SELECT schedule_line_id, account_id, $2, $3 FROM taken
RETURNING schedule_line_id
