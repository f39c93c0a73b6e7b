-- A new row. Its listens_from was read under keep_feed_head.
INSERT INTO webhook_endpoint (id, url, description, division_id, event_types, ordered,
                              rate_per_second, status, listens_from, created_at, conditions,
                              max_concurrency, asymmetric_signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'enabled', $8, $9, $10, $11, $12)
