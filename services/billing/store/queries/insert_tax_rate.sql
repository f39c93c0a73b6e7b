-- tax_rate_day refuses a second rate from the same day.
INSERT INTO tax_rate (id, country, customer_country, tax_code, rate, valid_from, created_at)
VALUES ($1::uuid, $2, $3, $4, $5, $6, $7)
