-- The company, its people and what they may see. account_access and continuo_sees_account are
-- libs/access's.

CREATE TABLE division (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  legal_name text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  country text NOT NULL,
  tax_registrations jsonb NOT NULL,
  invoice_series text NOT NULL CONSTRAINT division_invoice_series UNIQUE,
  fiscal_year_start_month int NOT NULL CHECK (fiscal_year_start_month BETWEEN 1 AND 12),
  accounting_target text,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE security_profile (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL CONSTRAINT security_profile_name UNIQUE,
  permissions text[] NOT NULL,
  sees text NOT NULL CHECK (sees IN ('all', 'linked')),
  created_at timestamptz NOT NULL
);

-- A user. Personal data (email, name, external_sub) stands here and nowhere else.
CREATE TABLE member (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  email text NOT NULL,
  name text NOT NULL,
  profile_id uuid NOT NULL REFERENCES security_profile,
  division_ids uuid[] NOT NULL,
  external_iss text,
  external_sub text,
  status text NOT NULL CHECK (status IN ('active', 'deactivated')),
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  deactivated_at timestamptz,
  CONSTRAINT member_external_identity UNIQUE (external_iss, external_sub),
  CHECK ((external_iss IS NULL) = (external_sub IS NULL))
);
CREATE UNIQUE INDEX member_email ON member (lower(email));
CREATE INDEX member_profile ON member (profile_id);

-- Only the secret's hash is kept. Expiry is by the wall clock: a key is not business.
CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES member,
  name text,
  scopes text[] NOT NULL,
  prefix text NOT NULL,
  secret_sha256 bytea NOT NULL UNIQUE,
  expires_at timestamptz,
  replaced_by_id uuid REFERENCES api_key,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX api_key_user ON api_key (user_id);

-- Append-only save for the end: valid_to is set once, where it was open or later.
CREATE TABLE responsibility_link (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  user_id uuid NOT NULL REFERENCES member,
  account_id uuid NOT NULL,
  role text NOT NULL,
  level int NOT NULL CHECK (level BETWEEN 1 AND 9),
  valid_from date NOT NULL,
  valid_to date,
  cause text,
  -- The event that made the link (an account was opened), so that it makes one only.
  source_id text UNIQUE,
  created_at timestamptz NOT NULL,
  CHECK (valid_to >= valid_from)
);
CREATE INDEX responsibility_link_account ON responsibility_link (account_id);
CREATE INDEX responsibility_link_user ON responsibility_link (user_id);
ALTER TABLE responsibility_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON responsibility_link
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- crm's tree of accounts, as far as it has been heard.
CREATE TABLE account_node (
  account_id uuid PRIMARY KEY,
  parent_id uuid,
  source_version bigint NOT NULL
);
CREATE INDEX account_node_parent ON account_node (parent_id);
ALTER TABLE account_node ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON account_node
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- One row: whoever closes links over the tree holds it, and takes the next revision from it.
CREATE TABLE access_closure (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  revision bigint NOT NULL
);
INSERT INTO access_closure (revision) VALUES (0);

-- Rates are added, never changed: known_at tells which of two was known when.
CREATE TABLE exchange_rate (
  id uuid PRIMARY KEY,
  base text NOT NULL,
  quote text NOT NULL,
  rate numeric(28,8) NOT NULL CHECK (rate > 0),
  "on" date NOT NULL,
  source text,
  known_at timestamptz NOT NULL,
  CHECK (base <> quote)
);
CREATE INDEX exchange_rate_pair ON exchange_rate (base, quote, "on", known_at, id);

-- json, not jsonb: the hash covers the text as it came.
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  position bigint NOT NULL UNIQUE,
  service text NOT NULL,
  principal text NOT NULL,
  api_key_id text,
  action text NOT NULL,
  subject_id text NOT NULL,
  request_id text NOT NULL,
  before json,
  after json,
  known_at timestamptz NOT NULL,
  hash bytea NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject_id, position);
CREATE INDEX audit_entry_request ON audit_entry (request_id);

-- The end of the chain. Held while an entry is added.
CREATE TABLE audit_chain (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit_chain (position, hash) VALUES (0, '\x');

-- Sandbox: where the clock stands, and where it is to go. Every service's business_clock follows `at`.
CREATE TABLE test_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  status text NOT NULL CHECK (status IN ('ready', 'advancing')),
  at timestamptz NOT NULL,
  target timestamptz NOT NULL,
  visited bigint NOT NULL DEFAULT 0,
  stalls text[] NOT NULL DEFAULT '{}',
  parked bigint NOT NULL DEFAULT 0,
  request_id text NOT NULL
);
