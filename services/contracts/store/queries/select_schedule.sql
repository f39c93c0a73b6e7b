-- One schedule ($1) or all of them (null). Reads only.
SELECT id, revision, account_id, division_id, contract_id, order_id, order_line_id, side, status,
       description, supplier_id, quantity, ROW(amount_minor, currency) AS amount,
       ROW(term_total_minor, currency) AS term_total, billing, term, start_on, end_on,
       service_level, tax_code, created_at, agreed_start_on
FROM schedule
WHERE $1::uuid IS NULL OR id = $1
