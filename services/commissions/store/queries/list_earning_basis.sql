-- The sale links are locked. For each participant who shares one: what was billed of each class,
-- with its rate, apart for invoices that are paid, are not, or are in part (paid_part of
-- paid_whole).
WITH earning AS (
  SELECT l.id, l.account_id, l.division_id, l.contract_id, l.split_revision
  FROM sale_link AS l
  WHERE l.id = ANY ($1::uuid[]) AND l.status IN ('verified', 'resolved')
), net AS (
  SELECT e.id, b.invoice_id, b.currency, b.commission_class, sum(b.net_minor) AS net_minor
  FROM earning AS e JOIN billed AS b ON b.contract_id = e.contract_id
  GROUP BY e.id, b.invoice_id, b.currency, b.commission_class
), owed AS (
  SELECT i.invoice_id,
         (SELECT sum(t.total_minor) FROM billed_total AS t WHERE t.invoice_id = i.invoice_id)
           AS total_minor,
         coalesce((SELECT sum(c.amount_minor) FROM collected AS c
                   WHERE c.invoice_id = i.invoice_id), 0) AS paid_minor
  FROM (SELECT DISTINCT invoice_id FROM net) AS i
), basis AS (
  SELECT n.id, n.currency, n.commission_class, p.paid_part, p.paid_whole,
         sum(n.net_minor)::bigint AS net_minor
  FROM net AS n JOIN owed AS o ON o.invoice_id = n.invoice_id
  CROSS JOIN LATERAL (SELECT
    CASE WHEN o.paid_minor >= o.total_minor THEN 1 WHEN o.paid_minor <= 0 THEN 0
         ELSE o.paid_minor END::bigint AS paid_part,
    CASE WHEN o.paid_minor >= o.total_minor OR o.paid_minor <= 0 THEN 1
         ELSE o.total_minor END::bigint AS paid_whole) AS p
  GROUP BY n.id, n.currency, n.commission_class, p.paid_part, p.paid_whole
)
SELECT e.id AS sale_link_id, e.account_id, e.division_id, s.participant_id, b.currency,
       s.plan_id, s.plan_version, s.percent, t.credit_on, b.commission_class,
       coalesce(r.rate_percent, t.rate_percent) AS rate_percent, b.net_minor, b.paid_part,
       b.paid_whole
FROM earning AS e
JOIN sale_split AS s ON s.sale_link_id = e.id AND s.revision = e.split_revision
JOIN commission_terms AS t ON t.plan_id = s.plan_id AND t.version = s.plan_version
JOIN basis AS b ON b.id = e.id
LEFT JOIN commission_rate AS r
  ON r.plan_id = s.plan_id AND r.version = s.plan_version
     AND r.commission_class = b.commission_class
ORDER BY e.id, s.participant_id, b.currency, b.commission_class, b.paid_whole, b.paid_part
