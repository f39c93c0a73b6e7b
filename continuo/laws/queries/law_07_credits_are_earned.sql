-- 7. Credits add up to what each share of a sale has earned to date, within one rounding
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT l.id,
         abs(coalesce(credited.amount_minor, 0) - coalesce(earned.exact, 0)) > 0.500001 AS differs
  FROM commissions.sale_link AS l
  JOIN commissions.sale_split AS s ON s.sale_link_id = l.id AND s.revision = l.split_revision
  JOIN commissions.commission_terms AS t ON t.plan_id = s.plan_id AND t.version = s.plan_version
  LEFT JOIN LATERAL (
    SELECT sum(b.net_minor * coalesce(r.rate_percent, t.rate_percent) / 100 * s.percent / 100
               * CASE WHEN t.credit_on = 'invoice' OR p.paid >= p.total THEN 1
                      WHEN p.paid <= 0 THEN 0 ELSE p.paid / p.total END) AS exact
    FROM commissions.billed AS b
    LEFT JOIN commissions.commission_rate AS r
      ON r.plan_id = t.plan_id AND r.version = t.version
         AND r.commission_class = b.commission_class
    CROSS JOIN LATERAL (
      SELECT coalesce((SELECT sum(c.amount_minor) FROM commissions.collected AS c
                       WHERE c.invoice_id = b.invoice_id), 0) AS paid,
             (SELECT sum(d.total_minor) FROM commissions.billed_total AS d
              WHERE d.invoice_id = b.invoice_id) AS total) AS p
    WHERE b.contract_id = l.contract_id) AS earned ON true
  LEFT JOIN LATERAL (
    SELECT sum(c.amount_minor) AS amount_minor FROM commissions.credit AS c
    WHERE c.sale_link_id = l.id AND c.participant_id = s.participant_id) AS credited ON true
  WHERE l.status IN ('verified', 'resolved')
  UNION ALL
  SELECT l.id, sum(c.amount_minor) <> 0 AS differs
  FROM commissions.sale_link AS l
  JOIN commissions.credit AS c ON c.sale_link_id = l.id
  LEFT JOIN commissions.sale_split AS s
    ON s.sale_link_id = l.id AND s.revision = l.split_revision
       AND s.participant_id = c.participant_id
  WHERE l.status IN ('verified', 'resolved') AND s.participant_id IS NULL
  GROUP BY l.id, c.participant_id, c.currency
) AS shares
