-- Append-only.
INSERT INTO contract_amendment (id, contract_id, account_id, order_id, kind, schedule_id,
                                effective_on, known_at, made_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
