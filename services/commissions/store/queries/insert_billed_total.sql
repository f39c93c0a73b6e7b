-- What a document asks of the customer, or gives back; a repeated one inserts nothing.
INSERT INTO billed_total (document_id, invoice_id, account_id, total_minor, effective_on, known_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (document_id) DO NOTHING
