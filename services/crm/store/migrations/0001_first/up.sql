-- From lead to won. Rows of an account are seen by those who are linked to it; so is a lead once it
-- has been converted. Open leads and pipelines belong to no account. Personal data stands in contact and lead only.

CREATE TABLE account (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  parent_id uuid REFERENCES account,
  division_ids uuid[] NOT NULL,
  billing_address jsonb,
  delivery_address jsonb,
  currency text,
  country text,
  tax_ids jsonb NOT NULL,
  payment_days int NOT NULL CHECK (payment_days >= 0),
  time_zone text,
  external_ids jsonb NOT NULL,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX account_parent ON account (parent_id) WHERE parent_id IS NOT NULL;
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON account
  USING (continuo_sees_account(id)) WITH CHECK (continuo_sees_account(id));

-- Whether an account stands below another, or is it. As the owner: the answer must not depend on
-- what the caller sees of the tree.
CREATE FUNCTION account_is_within(candidate uuid, root uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH RECURSIVE upwards (id) AS (
    SELECT candidate
    UNION
    SELECT a.parent_id FROM upwards JOIN account AS a ON a.id = upwards.id
    WHERE a.parent_id IS NOT NULL
  )
  SELECT EXISTS (SELECT FROM upwards WHERE id = root)
$$;

-- What other systems call an account: the unique key behind account.external_ids.
CREATE TABLE account_external_id (
  system text NOT NULL,
  external_id text NOT NULL,
  account_id uuid NOT NULL REFERENCES account,
  CONSTRAINT account_external_id_taken PRIMARY KEY (system, external_id)
);
CREATE INDEX account_external_id_account ON account_external_id (account_id);
ALTER TABLE account_external_id ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON account_external_id
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

CREATE TABLE contact (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  account_id uuid NOT NULL REFERENCES account,
  first_name text,
  last_name text NOT NULL,
  email text,
  phone text,
  job_title text,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX contact_account ON contact (account_id);
ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contact
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

CREATE TABLE lead (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  source text,
  company text NOT NULL,
  contact jsonb,
  country text,
  currency text,
  owner_id uuid,
  status text NOT NULL CHECK (status IN ('open', 'converted', 'disqualified')),
  disqualified_reason text,
  account_id uuid REFERENCES account,
  contact_id uuid REFERENCES contact ON DELETE SET NULL,
  opportunity_id uuid,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
ALTER TABLE lead ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON lead
  USING (account_id IS NULL OR continuo_sees_account(account_id))
  WITH CHECK (account_id IS NULL OR continuo_sees_account(account_id));

CREATE TABLE pipeline (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  name text NOT NULL,
  is_default boolean NOT NULL,
  stages jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX pipeline_default ON pipeline (is_default) WHERE is_default;
-- The one to start with; its id is the same everywhere.
INSERT INTO pipeline (id, name, is_default, stages, created_at) VALUES (
  '01930000-0000-7000-8000-000000000001', 'Sales', true,
  '[{"code": "qualification", "name": "Qualification", "probability": "10"},
    {"code": "proposal", "name": "Proposal", "probability": "40"},
    {"code": "negotiation", "name": "Negotiation", "probability": "70"}]',
  transaction_timestamp());

CREATE TABLE opportunity (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  account_id uuid NOT NULL REFERENCES account,
  name text NOT NULL,
  pipeline_id uuid NOT NULL REFERENCES pipeline,
  stage text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'won', 'lost')),
  value_minor bigint,
  currency text,
  close_on date,
  kind text NOT NULL CHECK (kind IN ('new', 'change', 'renewal', 'upsell')),
  owner_id uuid,
  contact_id uuid REFERENCES contact ON DELETE SET NULL,
  quote_id uuid,
  order_id uuid,
  lost_reason text,
  closed_at timestamptz,
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  CHECK ((value_minor IS NULL) = (currency IS NULL))
);
CREATE INDEX opportunity_account ON opportunity (account_id);
CREATE INDEX opportunity_stage ON opportunity (pipeline_id, stage) WHERE status = 'open';
ALTER TABLE opportunity ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON opportunity
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- As the owner: a stage is in use whoever sees the deal that stands in it.
CREATE FUNCTION used_stages(pipeline uuid) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT DISTINCT stage FROM opportunity WHERE pipeline_id = pipeline AND status = 'open'
$$;

-- Append-only: what a deal was thought to be worth, as it became known.
CREATE TABLE opportunity_value (
  id uuid PRIMARY KEY,
  opportunity_id uuid NOT NULL REFERENCES opportunity,
  account_id uuid NOT NULL,
  value_minor bigint,
  currency text,
  quote_id uuid,
  order_id uuid,
  known_at timestamptz NOT NULL
);
CREATE INDEX opportunity_value_opportunity ON opportunity_value (opportunity_id);
ALTER TABLE opportunity_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON opportunity_value
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));

-- How far each quote's events have been followed: an older one never undoes a newer one.
CREATE TABLE followed_quote (
  quote_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  revision bigint NOT NULL
);
ALTER TABLE followed_quote ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON followed_quote
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
