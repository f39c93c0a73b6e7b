-- The sale links are locked. What each participant was credited of them, also those who share them
-- no more, with the terms of the last credit.
SELECT c.sale_link_id, c.account_id, c.division_id, c.participant_id, c.currency,
       sum(c.amount_minor)::bigint AS credited_minor,
       (array_agg(c.plan_id ORDER BY c.id DESC))[1] AS plan_id,
       (array_agg(c.plan_version ORDER BY c.id DESC))[1] AS plan_version
FROM credit AS c
JOIN sale_link AS l ON l.id = c.sale_link_id AND l.status IN ('verified', 'resolved')
WHERE c.sale_link_id = ANY ($1::uuid[])
GROUP BY c.sale_link_id, c.account_id, c.division_id, c.participant_id, c.currency
ORDER BY c.sale_link_id, c.participant_id, c.currency
