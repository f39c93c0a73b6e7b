-- A quote's state after an edit or an action. The caller holds the row and raised the revision.
UPDATE quote SET revision = $2, version = $3, status = $4, valid_until = $5, expires_at = $6,
       start_on = $7, payment_days = $8, header_discount_percent = $9, selected = $10,
       one_off_minor = $11, monthly_minor = $12, yearly_minor = $13, term_minor = $14,
       list_one_off_minor = $15, list_monthly_minor = $16, list_yearly_minor = $17,
       list_term_minor = $18, effective_discount_percent = $19, content_hash = $20, order_id = $21,
       metadata = $22::jsonb, updated_at = $23
WHERE id = $1
