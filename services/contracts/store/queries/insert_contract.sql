-- Safe to repeat: a contract that exists stays as it is.
INSERT INTO contract (id, number, status, account_id, division_id, opportunity_id, currency,
                      time_zone, payment_days, start_on, term_total_minor, control_totals,
                      created_at)
VALUES ($1, $2, 'active', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (id) DO NOTHING
