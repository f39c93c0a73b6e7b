-- Reads only.
SELECT id, kind, account_id, division_id, currency, effective_on, posted_on, known_at, invoice_id,
       CASE WHEN kind = 'credit_note' THEN source END AS credit_note_id, payment_id,
       CASE WHEN kind = 'revenue' THEN source END AS revenue_contract_id
FROM journal_entry WHERE id = $1::uuid
