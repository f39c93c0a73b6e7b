-- 2. What is bought by schedule is what its purchase order says
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT s.description || ' of schedule ' || s.id AS example,
         p.cost_minor IS DISTINCT FROM s.term_total_minor
         OR p.currency IS DISTINCT FROM s.currency AS differs
  FROM contracts.schedule AS s
  LEFT JOIN contracts.purchase_order_line AS p ON p.schedule_id = s.id
  WHERE s.side = 'buy' AND s.status NOT IN ('pending', 'cancelled')
) AS bought
