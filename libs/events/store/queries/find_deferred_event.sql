-- Where a deferred event stands: its stream is locked before it is changed.
SELECT topic, partition, seq, key FROM deferred_event WHERE consumer = $1 AND id = $2
