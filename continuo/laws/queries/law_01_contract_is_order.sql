-- 1. Each order is in one contract with its total and lines; a contract's total is its orders'
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(number) FILTER (WHERE differs) AS example
FROM (
  SELECT o.number,
         c.id IS NULL
           OR c.term_total_minor <> (SELECT sum(of_contract.term_minor) FROM quoting."order" AS of_contract
                                     WHERE of_contract.contract_id = o.contract_id)
           OR count(l.id) <> o.line_count OR coalesce(sum(l.term_total_minor), 0) <> o.term_minor
           AS differs
  FROM quoting."order" AS o
  LEFT JOIN contracts.contract AS c ON c.id = o.contract_id
  LEFT JOIN contracts.contract_line AS l ON l.contract_id = c.id AND l.order_id = o.id
  GROUP BY o.id, c.id
) AS orders
