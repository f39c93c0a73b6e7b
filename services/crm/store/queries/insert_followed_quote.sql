-- A quote is heard of once: a repeat inserts nothing.
INSERT INTO followed_quote (quote_id, account_id, revision) VALUES ($1, $2, 0)
ON CONFLICT (quote_id) DO NOTHING
