-- Who accepted, in the transaction that makes the order.
INSERT INTO acceptance (order_id, account_id, quote_version, form, accepted_by, place, recorded_by,
                        accepted_at, proposal_id, document_hash, consent, client_address, user_agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
