-- Appends what became known; the opportunity's row is locked, so the order is the order of change.
INSERT INTO opportunity_value (id, opportunity_id, account_id, value_minor, currency, quote_id,
                               order_id, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
