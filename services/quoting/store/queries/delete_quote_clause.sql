-- Takes a clause off a quote; the caller holds the quote's row.
DELETE FROM quote_clause WHERE id = $1
