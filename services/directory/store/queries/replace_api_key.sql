-- Under lock_api_key. The old key ends with the grace period, or when it would have ended anyway.
UPDATE api_key
SET replaced_by_id = $2, expires_at = least(expires_at, now() + make_interval(hours => $3::int))
WHERE id = $1
