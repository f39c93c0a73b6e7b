-- What a verified sale link has billed and credited to date, in each currency. Its row is locked.
SELECT l.account_id, l.participant_id, p.plan_id, c.rate_percent, b.currency,
       b.net_minor AS billed_minor,
       coalesce((SELECT sum(r.amount_minor) FROM credit AS r
                 WHERE r.sale_link_id = l.id AND r.currency = b.currency), 0)::bigint
         AS credited_minor
FROM sale_link AS l
JOIN participant AS p ON p.id = l.participant_id
JOIN commission_plan AS c ON c.id = p.plan_id
JOIN (SELECT contract_id, currency, sum(net_minor)::bigint AS net_minor FROM billed
      GROUP BY contract_id, currency) AS b ON b.contract_id = l.contract_id
WHERE l.id = $1 AND l.status = 'verified'
ORDER BY b.currency
