-- Reads only: what holds; an undone allocation and its opposite are left out.
SELECT a.id, a.invoice_id, s.number AS invoice_number, ROW(a.amount_minor, s.currency) AS amount,
       a.effective_on, a.created_at
FROM allocation AS a JOIN issued_invoice AS s ON s.invoice_id = a.invoice_id
WHERE a.payment_id = $1::uuid AND a.reverses IS NULL
  AND NOT EXISTS (SELECT FROM allocation AS r WHERE r.reverses = a.id)
ORDER BY a.id
