-- Append-only; the caller holds the quote's row, so revisions have no gap.
INSERT INTO quote_revision (id, quote_id, account_id, revision, version, status, action, changed_by,
                            request_id, reason, changes, currency, term_minor,
                            effective_discount_percent, products, known_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15::jsonb, $16)
