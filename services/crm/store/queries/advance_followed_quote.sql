-- No row back when this revision of the quote, or a newer one, has been followed already.
INSERT INTO followed_quote (quote_id, account_id, revision) VALUES ($1, $2, $3)
ON CONFLICT (quote_id) DO UPDATE SET revision = excluded.revision
WHERE followed_quote.revision < excluded.revision
RETURNING revision
