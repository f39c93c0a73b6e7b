-- One purchase order ($1) or all of them (null), without lines. Reads only.
SELECT id, revision, status, supplier_id, account_id, division_id, contract_id, order_id, currency,
       ROW(total_minor, currency) AS total, ordered_on, confirmed_on, created_at
FROM purchase_order
WHERE $1::uuid IS NULL OR id = $1
