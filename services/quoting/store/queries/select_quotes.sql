-- Quotes as the API shows them, without their lines. Reads only; row-level security decides which.
SELECT id, revision, number, version, status, kind, account_id, opportunity_id, division_id, currency,
       time_zone, valid_until, start_on, payment_days, header_discount_percent, selected,
       content_hash, order_id, created_by, metadata, created_at, updated_at, cloned_from_id, contract_id,
       contract_revision
FROM quote
