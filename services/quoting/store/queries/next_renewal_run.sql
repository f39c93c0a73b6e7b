-- Since when the oldest run waits; null: none does. One look into an index.
SELECT (SELECT created_at FROM renewal_run WHERE status = 'running' ORDER BY created_at LIMIT 1) AS at
