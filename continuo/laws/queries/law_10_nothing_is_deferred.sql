-- 10. No event waits or is parked
SELECT sum(n) AS checked, sum(n) AS broken, NULL AS example
FROM (SELECT count(*) AS n FROM directory.deferred_event UNION ALL SELECT count(*) AS n FROM catalogue.deferred_event UNION ALL SELECT count(*) AS n FROM crm.deferred_event UNION ALL SELECT count(*) AS n FROM quoting.deferred_event UNION ALL SELECT count(*) AS n FROM contracts.deferred_event UNION ALL SELECT count(*) AS n FROM billing.deferred_event UNION ALL SELECT count(*) AS n FROM revenue.deferred_event) AS deferred
