-- 8. Each contract has exactly one sale link, of the price of the order that made it
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT coalesce(c.id, l.contract_id)::text AS example,
         c.id IS NULL OR l.contract_id IS NULL OR o.term_minor IS DISTINCT FROM l.contract_price_minor
           AS differs
  FROM contracts.contract AS c
  FULL JOIN commissions.sale_link AS l ON l.contract_id = c.id
  LEFT JOIN quoting."order" AS o ON o.contract_id = c.id AND o.kind <> 'change'
) AS contracts
