-- One account ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, name, parent_id, division_ids, billing_address, delivery_address, currency,
       country, tax_ids, payment_days, time_zone, external_ids, metadata, created_at,
       segment
FROM account
WHERE $1::uuid IS NULL OR id = $1
