-- Reads only. Who is matched, under the lock of lock_feed_head.
SELECT id, event_types, division_id, conditions, listens_from FROM webhook_endpoint
WHERE status = 'enabled'
