-- Payment and invoices are locked. Answers the invoices as they are now.
WITH share AS (
  SELECT t.id, t.invoice_id, t.amount_minor
  FROM unnest($4::uuid[], $5::uuid[], $6::bigint[]) AS t (id, invoice_id, amount_minor)
), added AS (
  INSERT INTO allocation (id, payment_id, invoice_id, account_id, amount_minor, effective_on,
                          created_at)
  SELECT id, $1::uuid, invoice_id, $7::uuid, amount_minor, $2, $3 FROM share
), used AS (
  UPDATE payment SET allocated_minor = allocated_minor + (SELECT sum(amount_minor) FROM share)
  WHERE id = $1::uuid
)
UPDATE issued_invoice AS s
SET allocated_minor = s.allocated_minor + t.amount_minor, revision = s.revision + 1
FROM share AS t WHERE s.invoice_id = t.invoice_id
RETURNING s.invoice_id, s.balance_minor, s.total_minor, s.revision
