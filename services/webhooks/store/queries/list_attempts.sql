-- Reads only: the last $2 attempts of a delivery, oldest first.
SELECT number, started_at, duration_ms, http_status, error, request_headers, response_headers
FROM (SELECT id, number, started_at, duration_ms, http_status, error, request_headers,
             response_headers
      FROM webhook_attempt
      WHERE delivery_id = $1 ORDER BY id DESC LIMIT $2) AS latest
ORDER BY id
