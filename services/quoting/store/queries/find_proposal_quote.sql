-- Whose a proposal is, before its quote is locked. Reads only.
SELECT quote_id FROM proposal WHERE id = $1
