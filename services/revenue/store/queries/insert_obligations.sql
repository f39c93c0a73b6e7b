-- The obligations of a contract that this transaction has made.
INSERT INTO performance_obligation (id, revenue_contract_id, account_id, division_id, contract_id,
                                    order_line_id, position, description, rule, currency, sold_minor,
                                    ssp_minor, start_on, end_on, price_minor, allocated_minor,
                                    created_at)
SELECT t.id, c.id, c.account_id, c.division_id, c.contract_id, t.order_line_id, t.position,
       t.description, t.rule, c.currency, t.sold_minor, t.ssp_minor, t.start_on, t.end_on,
       t.sold_minor, t.allocated_minor, c.created_at
FROM revenue_contract AS c,
     unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
            $9::date[], $10::date[], $11::bigint[])
       AS t (id, order_line_id, position, description, rule, sold_minor, ssp_minor, start_on, end_on,
             allocated_minor)
WHERE c.id = $1::uuid
