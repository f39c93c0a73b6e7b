-- The order that the acceptance of a quote on the day $2 would make (insert_order.sql, select_orders.sql),
-- without its lines. The quote's own id stands in for those that are not minted. Reads only.
SELECT q.id, CASE q.kind WHEN 'new' THEN 'quote' ELSE q.kind END AS kind, q.account_id, q.division_id, q.id AS quote_id, q.version AS quote_version,
       q.opportunity_id, coalesce(q.contract_id, q.id) AS contract_id, q.currency, $2::date AS accepted_on,
       coalesce(q.start_on, $2::date) AS start_on, q.payment_days, q.time_zone,
       ROW(q.one_off_minor, q.currency) AS one_off_total,
       ROW(q.monthly_minor, q.currency) AS monthly_total, ROW(q.term_minor, q.currency) AS term_total
FROM quote AS q WHERE q.id = $1
