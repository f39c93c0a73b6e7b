-- Under lock_tax_rates, so that revisions follow each other. Rows never change.
INSERT INTO tax_rate_version (id, revision, country, customer_country, tax_code, rate, valid_from,
                              withdrawn, created_at, known_at)
VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10)
