-- Reads only: the first month with credits that are on no statement. One look-up in the index.
SELECT period FROM unstated_credit ORDER BY period LIMIT 1
