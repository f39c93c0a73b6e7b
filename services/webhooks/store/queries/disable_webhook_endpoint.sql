-- Once: no row when it is disabled already.
UPDATE webhook_endpoint SET revision = revision + 1, status = 'disabled', disabled_reason = $2
WHERE id = $1 AND status = 'enabled'
RETURNING revision
