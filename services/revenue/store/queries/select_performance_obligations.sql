-- Reads only. Serves list.
SELECT o.id, o.revision, o.revenue_contract_id, o.account_id, o.division_id, o.contract_id,
       o.order_line_id, o.position, o.description, o.rule,
       CASE WHEN o.start_on IS NULL THEN 'pending'
            WHEN EXISTS (SELECT FROM planned_revenue AS p
                         WHERE p.performance_obligation_id = o.id) THEN 'running'
            ELSE 'satisfied' END AS status,
       ROW(o.price_minor, o.currency) AS price, ROW(o.ssp_minor, o.currency) AS ssp,
       ROW(o.allocated_minor, o.currency) AS allocated,
       ROW(o.recognised_minor, o.currency) AS recognised,
       ROW(o.allocated_minor - o.recognised_minor, o.currency) AS remaining,
       o.start_on, o.end_on, o.created_at
FROM performance_obligation AS o
