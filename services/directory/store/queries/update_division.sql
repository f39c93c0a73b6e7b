-- Under lock_division.
UPDATE division
SET revision = revision + 1, name = $2, legal_name = $3, time_zone = $4, country = $5,
    tax_registrations = $6, invoice_series = $7, fiscal_year_start_month = $8,
    accounting_target = $9, metadata = $10
WHERE id = $1
