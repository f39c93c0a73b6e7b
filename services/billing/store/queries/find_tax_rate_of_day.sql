-- Under lock_tax_rates: another rate than $5 that already begins on that day.
SELECT id FROM tax_rate
WHERE country = $1 AND customer_country = $2 AND tax_code = $3 AND valid_from = $4::date
  AND id <> $5::uuid
