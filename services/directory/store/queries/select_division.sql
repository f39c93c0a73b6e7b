-- Plain reads of one or of a list.
SELECT id, revision, name, legal_name, currency, time_zone, country, tax_registrations, invoice_series,
       fiscal_year_start_month, accounting_target, metadata, created_at
FROM division
