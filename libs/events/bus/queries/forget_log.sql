-- In pieces, so that no consumer waits.
DELETE FROM log WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM log WHERE sent_at < clock_timestamp() - make_interval(hours => $1) LIMIT $2))
