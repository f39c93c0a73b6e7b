-- Append-only; a line ends once, by constraint.
INSERT INTO contract_line_end (order_line_id, contract_id, account_id, order_id, effective_on, known_at)
VALUES ($1, $2, $3, $4, $5, $6)
