-- Each source once: a repeat adds nothing, and puts nothing on the runs' work list either.
WITH added AS (
  INSERT INTO billable_item (id, account_id, division_id, source, contract_id, order_id,
                             order_line_id, schedule_id, schedule_line_id, release_batch_id,
                             description, quantity, period_start, period_end, bill_on,
                             amount_minor, currency, tax_code, payment_days, created_at)
  SELECT t.id, $1::uuid, $2::uuid, $3, t.contract_id, t.order_id, t.order_line_id, t.schedule_id,
         t.schedule_line_id, $4::uuid, t.description, t.quantity, t.period_start, t.period_end,
         t.bill_on, t.amount_minor, t.currency, t.tax_code, t.payment_days, $5::timestamptz
  FROM unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::text[],
              $13::numeric[], $14::date[], $15::date[], $16::date[], $17::bigint[], $18::text[],
              $19::text[], $20::int[])
    AS t (id, contract_id, order_id, order_line_id, schedule_id, schedule_line_id, description,
          quantity, period_start, period_end, bill_on, amount_minor, currency, tax_code,
          payment_days)
  ON CONFLICT DO NOTHING
  RETURNING division_id, account_id, currency, bill_on
)
INSERT INTO billing_due (division_id, account_id, currency, bill_on)
SELECT DISTINCT division_id, account_id, currency, bill_on FROM added
