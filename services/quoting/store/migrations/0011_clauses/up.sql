-- Standard clauses, clauses of quotes with their reviews, and the remarks of a negotiation.

CREATE TABLE clause (
  id uuid PRIMARY KEY,
  code text NOT NULL,
  locale text NOT NULL,
  version int NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT clause_version UNIQUE (code, locale, version)
);

CREATE TABLE quote_clause (
  id uuid PRIMARY KEY,
  quote_id uuid NOT NULL REFERENCES quote,
  account_id uuid NOT NULL,
  position int NOT NULL,
  clause_id uuid NOT NULL REFERENCES clause,
  text text NOT NULL,                 -- what holds; the standard's, or a changed one
  reviewer_id uuid,
  review text NOT NULL CHECK (review IN ('standard', 'pending', 'accepted', 'rejected', 'countered')),
  review_reason text,
  reviewed_by uuid,
  reviewed_at timestamptz,
  CONSTRAINT quote_clause_once UNIQUE (quote_id, clause_id)
);

CREATE TABLE quote_comment (
  id uuid PRIMARY KEY,
  quote_id uuid NOT NULL REFERENCES quote,
  account_id uuid NOT NULL,
  quote_version int NOT NULL,
  quote_clause_id uuid,               -- null: on the whole; the clause may be gone
  side text NOT NULL CHECK (side IN ('ours', 'customer')),
  text text NOT NULL,
  created_by uuid,
  created_at timestamptz NOT NULL
);
CREATE INDEX quote_comment_quote ON quote_comment (quote_id);

-- A released version that is negotiated.
ALTER TABLE quote DROP CONSTRAINT quote_status_check;
ALTER TABLE quote ADD CONSTRAINT quote_status_check CHECK (status IN ('draft', 'submitted', 'approved',
  'rejected', 'released', 'accepted', 'declined', 'expired', 'negotiating')) NOT VALID;
ALTER TABLE quote VALIDATE CONSTRAINT quote_status_check;
DROP INDEX quote_expiring;
CREATE INDEX quote_open_expiry ON quote (expires_at)
  WHERE status IN ('submitted', 'approved', 'released', 'negotiating');

ALTER TABLE quote_clause ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_clause USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE quote_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_comment USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
