-- A contract as a change starts from it. Reads only.
SELECT c.id AS contract_id, c.revision, c.number, c.account_id, c.division_id, c.currency,
       c.payment_days,
       (SELECT count(*) FROM contract_order AS o WHERE o.contract_id = c.id) AS order_count
FROM contract AS c
WHERE c.id = $1
