-- Orders as the API shows them, without their lines. Reads only.
SELECT id, revision, number, kind, account_id, division_id, quote_id, quote_version, opportunity_id,
       contract_id, currency, accepted_on, start_on, payment_days, time_zone, content_hash,
       ROW(one_off_minor, currency) AS one_off_total, ROW(monthly_minor, currency) AS monthly_total,
       ROW(term_minor, currency) AS term_total, line_count,
       ROW(opportunity_value_minor, opportunity_value_currency) AS opportunity_value, accepted_at
FROM "order"
