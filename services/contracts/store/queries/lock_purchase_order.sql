-- Locks one purchase order for a change.
SELECT p.id, p.revision, p.status, p.supplier_id, p.account_id, p.division_id, p.contract_id,
       p.order_id, p.currency, ROW(p.total_minor, p.currency) AS total, p.ordered_on,
       p.confirmed_on, p.created_at, c.time_zone
FROM purchase_order AS p
JOIN contract AS c ON c.id = p.contract_id
WHERE p.id = $1
FOR NO KEY UPDATE OF p
