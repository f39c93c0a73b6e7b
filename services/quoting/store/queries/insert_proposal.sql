-- A proposal as it was made; the caller holds the quote's row.
INSERT INTO proposal (id, account_id, division_id, quote_id, quote_version, form, locale,
                      currency_display, draft, content_hash, document_hash, title, seller, consent,
                      html, pdf, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
