-- A new quote. Another first quote of the same deal at the same moment violates quote_selected.
INSERT INTO quote (id, status, kind, account_id, opportunity_id, division_id, currency, time_zone,
                   valid_until, expires_at, start_on, payment_days, header_discount_percent,
                   selected, created_by, created_at, updated_at, contract_id,
                   contract_revision)
VALUES ($1, 'draft', $15, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $16, $17)
