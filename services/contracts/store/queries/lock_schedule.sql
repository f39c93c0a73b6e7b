-- Locks one schedule for a change, with all that the change needs. Open lines are locked before
-- their schedule (lock_open_lines.sql), as the release job does.
SELECT id, revision, account_id, division_id, contract_id, order_id, order_line_id, side, status,
       description, supplier_id, quantity, ROW(amount_minor, currency) AS amount,
       ROW(term_total_minor, currency) AS term_total, billing, term, start_on, end_on,
       service_level, tax_code, created_at, agreed_start_on,
       element, unit_cost, amount_minor, term_total_minor, currency, time_zone, payment_days
FROM schedule
WHERE id = $1
FOR NO KEY UPDATE
