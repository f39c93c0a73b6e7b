-- Reads only.
SELECT time_zone FROM recognition_zone WHERE division_id = $1::uuid ORDER BY time_zone
