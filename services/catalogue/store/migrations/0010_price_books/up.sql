-- Prices for an account, a segment or a division. Books for an account are seen by those who are
-- linked to it, the others by all.
CREATE TABLE price_book (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  code text NOT NULL CONSTRAINT price_book_code UNIQUE,
  name text NOT NULL,
  currency text NOT NULL,
  account_id uuid,                  -- null: for no account alone
  segment text,
  division_id uuid,
  valid_from date NOT NULL,
  valid_to date,                    -- the last day; null: none
  status text NOT NULL CHECK (status IN ('draft', 'published', 'retired')),
  published_at timestamptz,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  CHECK (valid_to >= valid_from)
);
-- What is looked at when something is priced: the account's books, and everybody's.
CREATE INDEX price_book_in_force ON price_book (account_id) WHERE status = 'published';
ALTER TABLE price_book ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON price_book
  USING (account_id IS NULL OR continuo_sees_account(account_id))
  WITH CHECK (account_id IS NULL OR continuo_sees_account(account_id));

CREATE TABLE price_book_entry (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  -- References without keys: neither is ever deleted, and a check for each of a hundred thousand
  -- imported prices costs more than the row.
  price_book_id uuid NOT NULL,
  account_id uuid,                  -- the book's
  product_id uuid NOT NULL,
  service_level text NOT NULL,      -- '': the product's own price
  unit_price numeric(28,8) CHECK (unit_price >= 0),
  bands jsonb NOT NULL,
  percent numeric(28,8) CHECK (percent >= 0),
  minimum_amount numeric(28,8),
  maximum_amount numeric(28,8),
  created_at timestamptz NOT NULL,
  CONSTRAINT price_book_entry_element UNIQUE (price_book_id, product_id, service_level)
);
ALTER TABLE price_book_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON price_book_entry
  USING (account_id IS NULL OR continuo_sees_account(account_id))
  WITH CHECK (account_id IS NULL OR continuo_sees_account(account_id));

-- What a quote was priced by stays as it was: only drafts have their entries changed.
CREATE FUNCTION refuse_entry_of_published_book() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM price_book AS b JOIN changed AS e ON e.price_book_id = b.id
             WHERE b.status <> 'draft') THEN
    RAISE EXCEPTION 'a published price book never changes';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER price_book_entry_added AFTER INSERT ON price_book_entry
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_published_book();
CREATE TRIGGER price_book_entry_changed AFTER UPDATE ON price_book_entry
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_published_book();
CREATE TRIGGER price_book_entry_removed AFTER DELETE ON price_book_entry
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_published_book();
