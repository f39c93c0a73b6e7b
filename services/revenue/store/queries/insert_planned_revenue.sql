-- The contract is locked, or made by this transaction, and nothing is planned for the obligations.
INSERT INTO planned_revenue (performance_obligation_id, revenue_contract_id, account_id, division_id,
                             time_zone, service_start, service_end, effective_on, due_on,
                             amount_minor, progress, progress_of_minor)
SELECT t.obligation_id, c.id, c.account_id, c.division_id, c.time_zone, t.service_start,
       t.service_end, t.effective_on, t.due_on, t.amount_minor, t.progress, t.progress_of_minor
FROM revenue_contract AS c,
     unnest($2::uuid[], $3::date[], $4::date[], $5::date[], $6::date[], $7::bigint[], $8::text[],
            $9::bigint[])
       AS t (obligation_id, service_start, service_end, effective_on, due_on, amount_minor, progress,
             progress_of_minor)
WHERE c.id = $1::uuid
