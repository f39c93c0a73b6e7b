-- Reads only. Serves list.
SELECT id, revision, account_id, division_id, contract_id, order_id, currency, accepted_on, time_zone,
       ROW(price_minor, currency) AS price, ROW(ssp_minor, currency) AS ssp_total,
       ROW(billed_minor, currency) AS billed, ROW(recognised_minor, currency) AS recognised,
       created_at
FROM revenue_contract
