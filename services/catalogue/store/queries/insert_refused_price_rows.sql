-- The refused rows of one piece. The import is locked by lock_price_import before.
INSERT INTO refused_price_row (id, price_import_id, account_id, line, "column", code, detail)
SELECT r.id, $1, $2, r.line, r.named, r.code, r.detail
FROM unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[])
  AS r (id, line, named, code, detail)
