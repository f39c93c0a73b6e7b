-- One row, until the end of the transaction, judged by the wall clock.
SELECT revoked_at IS NOT NULL AS revoked,
       coalesce(expires_at <= now(), false) AS expired, replaced_by_id
FROM api_key WHERE id = $1
FOR UPDATE
