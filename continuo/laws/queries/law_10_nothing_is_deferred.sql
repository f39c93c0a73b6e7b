-- 10. No event waits or is parked
SELECT sum(n) AS checked, sum(n) AS broken, NULL AS example
FROM (EACH SERVICE (SELECT count(*) AS n FROM {service}.deferred_event)) AS deferred
