-- A quote as the domain works on it, without its lines. Reads only.
SELECT id, revision, version, status, account_id, opportunity_id, division_id, currency, time_zone,
       valid_until, start_on, payment_days, header_discount_percent, selected, one_off_minor,
       monthly_minor, yearly_minor, term_minor, list_one_off_minor, list_monthly_minor,
       list_yearly_minor, list_term_minor, effective_discount_percent, content_hash, order_id,
       metadata, contract_id, contract_revision
FROM quote WHERE id = $1
