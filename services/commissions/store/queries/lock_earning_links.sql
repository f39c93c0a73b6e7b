-- Locks the sale links of these invoices' contracts, in id order and whatever their status: a
-- decision that did not see the document has committed once the lock is had, and its outcome is
-- seen after it.
SELECT l.id FROM sale_link AS l
WHERE l.contract_id IN (SELECT b.contract_id FROM billed AS b WHERE b.invoice_id = ANY ($1::uuid[]))
ORDER BY l.id FOR UPDATE
