-- Proposals: the documents of a quote's versions, kept as they were made, with the links by which
-- customers read and accept them, and what customers write. Of a link only the SHA-256 of its token
-- is here. What was kept of an acceptance on line joins who accepted.

CREATE TABLE proposal (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL DEFAULT 'made' CHECK (status IN ('made', 'sent', 'revoked', 'accepted')),
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  quote_id uuid NOT NULL REFERENCES quote,
  quote_version int NOT NULL,
  form text NOT NULL CHECK (form IN ('short', 'full')),
  locale text NOT NULL,
  currency_display text NOT NULL CHECK (currency_display IN ('symbol', 'code')),
  draft boolean NOT NULL,
  content_hash text NOT NULL,
  document_hash text NOT NULL,        -- of pdf
  title text NOT NULL,
  seller text NOT NULL,
  consent text NOT NULL,              -- what accepting it agrees to
  html text NOT NULL,                 -- the document's blocks, without the page around them
  pdf bytea NOT NULL,
  link_hash bytea UNIQUE,             -- SHA-256 of the token; null: no link, or an ended one
  link_expires_at timestamptz,
  sent_at timestamptz,
  created_by uuid,
  created_at timestamptz NOT NULL
);
CREATE INDEX proposal_account ON proposal (account_id);
CREATE INDEX proposal_quote ON proposal (quote_id);

CREATE TABLE proposal_comment (
  id uuid PRIMARY KEY,
  proposal_id uuid NOT NULL REFERENCES proposal,
  account_id uuid NOT NULL,
  name text,
  text text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX proposal_comment_proposal ON proposal_comment (proposal_id);

ALTER TABLE acceptance DROP CONSTRAINT acceptance_form_check;
ALTER TABLE acceptance ADD CONSTRAINT acceptance_form_check CHECK (form IN ('in_person', 'on_line'));
ALTER TABLE acceptance ADD COLUMN proposal_id uuid REFERENCES proposal;
ALTER TABLE acceptance ADD COLUMN document_hash text;
ALTER TABLE acceptance ADD COLUMN consent text;
ALTER TABLE acceptance ADD COLUMN client_address text;
ALTER TABLE acceptance ADD COLUMN user_agent text;

ALTER TABLE proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON proposal
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE proposal_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON proposal_comment USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
