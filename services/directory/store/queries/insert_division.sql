-- The constraint division_invoice_series refuses a second division with the same prefix.
INSERT INTO division (id, name, legal_name, currency, time_zone, country, tax_registrations,
                      invoice_series, fiscal_year_start_month, accounting_target, metadata, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
