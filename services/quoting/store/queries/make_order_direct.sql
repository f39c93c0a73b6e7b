-- Frees an order from the draft that it was priced as; in the transaction that makes it.
WITH freed AS (UPDATE order_line SET quote_line_id = NULL WHERE order_id = $1)
UPDATE "order" SET kind = 'direct', quote_id = NULL, quote_version = 0, opportunity_id = $2,
       opportunity_value_minor = $3, opportunity_value_currency = $4
WHERE id = $1
