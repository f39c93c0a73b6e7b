-- Reads only, after lock_draft.
SELECT revision FROM issued_invoice WHERE invoice_id = $1::uuid
