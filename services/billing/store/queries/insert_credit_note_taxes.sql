-- Before the note itself, as its lines.
INSERT INTO credit_note_tax (credit_note_id, tax_code, rate, account_id, base_minor, tax_minor)
SELECT $1::uuid, t.tax_code, t.rate, $2::uuid, t.base_minor, t.tax_minor
FROM unnest($3::text[], $4::numeric[], $5::bigint[], $6::bigint[])
  AS t (tax_code, rate, base_minor, tax_minor)
