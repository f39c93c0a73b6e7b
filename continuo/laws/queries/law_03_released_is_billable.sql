-- 3. Every released sell-side line is one billable item of the same amount, and no other items exist
SELECT count(*) AS checked,
       count(*) FILTER (WHERE differs) AS broken,
       min(example) FILTER (WHERE differs) AS example
FROM (
  SELECT coalesce(r.schedule_line_id, i.schedule_line_id)::text AS example,
         r.schedule_line_id IS NULL OR i.id IS NULL OR i.amount_minor <> l.amount_minor
           OR i.currency <> l.currency AS differs
  FROM (SELECT * FROM contracts.schedule_line_release WHERE release_batch_id IS NOT NULL) AS r
  JOIN contracts.schedule_line AS l ON l.id = r.schedule_line_id
  FULL JOIN (SELECT * FROM billing.billable_item WHERE source = 'schedule_line') AS i
    ON i.schedule_line_id = r.schedule_line_id
) AS items
