-- With the number just taken. The invoice is locked.
INSERT INTO credit_note (id, invoice_id, account_id, division_id, currency, reason, series, sequence,
                         number, issued_on, net_minor, tax_minor, line_count, created_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
