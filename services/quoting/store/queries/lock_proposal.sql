-- A proposal to be changed. Who holds the quote too has locked that first.
SELECT id, quote_id FROM proposal WHERE id = $1 FOR UPDATE
