-- Who accepted, in the transaction that makes the order.
INSERT INTO acceptance (order_id, account_id, quote_version, form, accepted_by, place, recorded_by,
                        accepted_at)
VALUES ($1, $2, $3, 'in_person', $4, $5, $6, $7)
