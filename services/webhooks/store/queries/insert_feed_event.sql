-- Safe to repeat: an event is taken once. It has no position yet (place_feed_events). One that
-- names no division is of the one that its subject's last one was of: those of one key are taken in
-- the order of their log, each by a statement of its own.
INSERT INTO feed_event (id, topic, type, subject, source_version, key, data, traceparent,
                        account_id, division_id, of_many_divisions, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
        coalesce($10::uuid, (SELECT division_id FROM feed_event
                             WHERE subject = $4 AND division_id IS NOT NULL
                             ORDER BY arrival DESC LIMIT 1)),
        $11, $12)
ON CONFLICT (id) DO NOTHING
