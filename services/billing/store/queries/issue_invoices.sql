-- Many or one: drafts that this transaction has made or locked, with the numbers that it has taken.
-- The primary key refuses an invoice that is issued already.
INSERT INTO issued_invoice (invoice_id, account_id, division_id, series, sequence, number, issued_on,
                            due_on, currency, total_minor, known_at)
SELECT i.id, i.account_id, i.division_id, $1, t.sequence, t.number, $2, t.due_on, i.currency,
       i.net_minor + i.tax_minor, $3
FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::date[]) AS t (id, sequence, number, due_on)
JOIN invoice AS i ON i.id = t.id
