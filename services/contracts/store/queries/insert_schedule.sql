-- A pending schedule; one for each element of an order line, by constraint.
INSERT INTO schedule (id, account_id, division_id, contract_id, order_id, order_line_id, element,
                      side, status, description, supplier_id, quantity, unit_cost, amount_minor,
                      term_total_minor, currency, billing, term, agreed_start_on, service_level,
                      tax_code, time_zone, payment_days, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23)
