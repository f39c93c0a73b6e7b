-- An open purchase order.
INSERT INTO purchase_order (id, status, supplier_id, account_id, division_id, contract_id, order_id,
                            currency, total_minor, ordered_on, created_at)
VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10)
