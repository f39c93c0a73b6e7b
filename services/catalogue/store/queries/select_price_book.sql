-- One price book ($1) or all that the caller sees (null). Reads only.
SELECT id, revision, code, name, currency, account_id, segment, division_id, valid_from, valid_to,
       status, published_at, metadata, created_at
FROM price_book
WHERE $1::uuid IS NULL OR id = $1
