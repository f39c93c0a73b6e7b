-- Wakes other processes. Alone in its transaction, see signals.h.
SELECT pg_notify('continuo_events', $1)
