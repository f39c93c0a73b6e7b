-- A revision that is here already stays as it is: safe to repeat.
INSERT INTO seller (division_id, revision, name, legal_name, currency, time_zone, country,
                    invoice_series, tax_numbers, known_at)
VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10)
ON CONFLICT (division_id, revision) DO NOTHING
