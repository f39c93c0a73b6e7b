-- Wakes other processes. Alone in its transaction, see libs/events/signals.h.
SELECT pg_notify('continuo_events', unnest($1::text[]))
