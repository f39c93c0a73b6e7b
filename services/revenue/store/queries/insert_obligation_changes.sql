-- The contract is locked, or made by this transaction. $1 it, $2 cause, $3 effective, $4 known,
-- $5 its price, $6 its standalone prices.
INSERT INTO obligation_change (performance_obligation_id, account_id, cause, effective_on, known_at,
                               price_minor, ssp_minor, contract_price_minor, contract_ssp_minor,
                               allocated_minor, start_on, end_on)
SELECT t.id, c.account_id, $2, $3::date, $4::timestamptz, t.price_minor, t.ssp_minor, $5::bigint,
       $6::bigint, t.allocated_minor, t.start_on, t.end_on
FROM revenue_contract AS c,
     unnest($7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[], $11::date[], $12::date[])
       AS t (id, price_minor, ssp_minor, allocated_minor, start_on, end_on)
WHERE c.id = $1::uuid
