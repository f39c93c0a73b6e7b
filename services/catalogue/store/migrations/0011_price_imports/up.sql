-- Files of prices on their way into drafts of price books.
CREATE TABLE price_import (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  price_book_id uuid NOT NULL REFERENCES price_book,
  account_id uuid,                  -- the book's
  format text NOT NULL CHECK (format IN ('csv', 'lines')),
  status text NOT NULL CHECK (status IN ('open', 'completed')),
  columns text[] NOT NULL DEFAULT '{}',
  next_line bigint NOT NULL DEFAULT 1,
  rows_taken bigint NOT NULL DEFAULT 0,
  rows_refused bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  completed_at timestamptz
);
CREATE INDEX price_import_book ON price_import (price_book_id);
ALTER TABLE price_import ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON price_import
  USING (account_id IS NULL OR continuo_sees_account(account_id))
  WITH CHECK (account_id IS NULL OR continuo_sees_account(account_id));

CREATE TABLE refused_price_row (
  id uuid PRIMARY KEY,
  price_import_id uuid NOT NULL,    -- without a key: imports are never deleted
  account_id uuid,
  line bigint NOT NULL,
  "column" text NOT NULL,
  code text NOT NULL,
  detail text NOT NULL
);
CREATE INDEX refused_price_row_import ON refused_price_row (price_import_id, line);
ALTER TABLE refused_price_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON refused_price_row
  USING (account_id IS NULL OR continuo_sees_account(account_id))
  WITH CHECK (account_id IS NULL OR continuo_sees_account(account_id));
