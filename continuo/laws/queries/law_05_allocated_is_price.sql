-- 5. Allocated price = contract price = its lines' prices
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT c.id::text AS example,
         c.price_minor <> coalesce(sum(o.allocated_minor), 0)
           OR c.price_minor <> coalesce(sum(o.price_minor), 0) AS differs
  FROM revenue.revenue_contract AS c
  LEFT JOIN revenue.performance_obligation AS o ON o.revenue_contract_id = c.id
  GROUP BY c.id
) AS contracts
