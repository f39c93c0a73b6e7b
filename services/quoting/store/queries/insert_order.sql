-- The order of an accepted quote, frozen from its row; it makes the contract $3, or changes it. A second one for the quote violates
-- order_quote, one for another quote of the deal order_opportunity. The caller holds the quote's row.
INSERT INTO "order" (id, kind, account_id, division_id, quote_id, quote_version, opportunity_id,
                     contract_id, currency, accepted_on, start_on, payment_days, time_zone,
                     content_hash, one_off_minor, monthly_minor, term_minor, line_count,
                     opportunity_value_minor, opportunity_value_currency, accepted_at)
SELECT $2, CASE q.kind WHEN 'new' THEN 'quote' ELSE q.kind END, q.account_id, q.division_id, q.id, q.version, q.opportunity_id, $3, q.currency,
       $4::date, coalesce(q.start_on, $4::date), q.payment_days, q.time_zone, q.content_hash,
       q.one_off_minor, q.monthly_minor, q.term_minor,
       (SELECT count(*) FROM quote_line l WHERE l.quote_id = q.id AND l.chosen), $5, $6, $7
FROM quote q WHERE q.id = $1
