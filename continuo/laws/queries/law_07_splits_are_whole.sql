-- 7. The splits of a sale sum to 100 per cent, and a claimed one has them
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(id::text) FILTER (WHERE differs) AS example
FROM (
  SELECT l.id, sum(s.percent) IS DISTINCT FROM 100 AS differs
  FROM commissions.sale_link AS l
  LEFT JOIN commissions.sale_split AS s
    ON s.sale_link_id = l.id AND s.revision = l.split_revision
  WHERE l.status <> 'open'
  GROUP BY l.id
) AS sales
