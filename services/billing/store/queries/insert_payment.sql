-- A new id: nothing to lock.
INSERT INTO payment (id, account_id, amount_minor, currency, method, received_on, reference,
                     created_at)
VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)
