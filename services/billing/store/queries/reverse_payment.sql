-- Payment and invoices are locked. Each allocation that holds gets its opposite.
WITH undone AS (
  INSERT INTO allocation (id, payment_id, invoice_id, account_id, amount_minor, effective_on,
                          reverses, created_at)
  SELECT gen_random_uuid(), a.payment_id, a.invoice_id, a.account_id, -a.amount_minor, $2::date, a.id,
         $4::timestamptz
  FROM allocation AS a
  WHERE a.payment_id = $1::uuid AND a.reverses IS NULL
    AND NOT EXISTS (SELECT FROM allocation AS r WHERE r.reverses = a.id)
  RETURNING invoice_id, amount_minor
), owed AS (
  UPDATE issued_invoice AS s
  SET allocated_minor = s.allocated_minor + u.amount_minor, revision = s.revision + 1
  FROM (SELECT invoice_id, sum(amount_minor)::bigint AS amount_minor FROM undone GROUP BY invoice_id) AS u
  WHERE s.invoice_id = u.invoice_id
)
UPDATE payment SET allocated_minor = 0, reversed_on = $2::date, reversal_reason = $3,
                   revision = revision + 1
WHERE id = $1::uuid
