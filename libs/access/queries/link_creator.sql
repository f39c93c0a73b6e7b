-- In the transaction that creates the account, before its row: the row's policy asks for the link.
-- Replaced by directory's own list, which holds the same link, when that arrives.
INSERT INTO account_access (account_id, user_id, valid_from)
VALUES ($1, $2, business_date())
ON CONFLICT DO NOTHING
