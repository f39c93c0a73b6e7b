-- Which quote an approval belongs to: the quote is locked first.
SELECT quote_id FROM approval WHERE id = $1
