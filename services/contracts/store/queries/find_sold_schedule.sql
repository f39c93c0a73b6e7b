-- The sold schedule of an order line of a contract. Reads only.
SELECT id, revision, account_id, division_id, contract_id, order_id, order_line_id, side, status,
       description, supplier_id, quantity, ROW(amount_minor, currency) AS amount,
       ROW(term_total_minor, currency) AS term_total, billing, term, start_on, end_on,
       service_level, tax_code, created_at, agreed_start_on
FROM schedule
WHERE contract_id = $1 AND order_line_id = $2 AND element = 0
