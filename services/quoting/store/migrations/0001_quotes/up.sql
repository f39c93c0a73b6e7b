-- Quotes with their lines, every revision and version of them, what was asked for, and the orders
-- that acceptances make. Amounts are minor units of the row's currency; unit prices and quantities
-- exact decimals. A quote's row and its lines hold the present; quote_revision, quote_version and
-- the order tables only grow.

CREATE SEQUENCE quote_number;

CREATE TABLE quote (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  number text NOT NULL UNIQUE DEFAULT 'Q-' || to_char(nextval('quote_number'), 'FM999999999000000'),
  version int NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('draft', 'submitted', 'approved', 'rejected', 'released',
                                         'accepted', 'declined', 'expired')),
  kind text NOT NULL CHECK (kind IN ('new')),
  account_id uuid NOT NULL,
  opportunity_id uuid NOT NULL,
  division_id uuid NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,            -- the division's when the quote was opened
  valid_until date NOT NULL,          -- last day, in that zone
  expires_at timestamptz NOT NULL,    -- the instant at which that day is over
  start_on date,
  payment_days int NOT NULL,
  header_discount_percent numeric(28,8) NOT NULL DEFAULT 0,
  selected boolean NOT NULL,
  one_off_minor bigint NOT NULL DEFAULT 0,
  monthly_minor bigint NOT NULL DEFAULT 0,
  yearly_minor bigint NOT NULL DEFAULT 0,
  term_minor bigint NOT NULL DEFAULT 0,
  list_one_off_minor bigint NOT NULL DEFAULT 0,
  list_monthly_minor bigint NOT NULL DEFAULT 0,
  list_yearly_minor bigint NOT NULL DEFAULT 0,
  list_term_minor bigint NOT NULL DEFAULT 0,
  effective_discount_percent numeric(28,8) NOT NULL DEFAULT 0,
  content_hash text NOT NULL DEFAULT '',
  order_id uuid,
  created_by uuid,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX quote_account ON quote (account_id);
CREATE INDEX quote_opportunity ON quote (opportunity_id);
-- A deal's value follows one quote.
CREATE UNIQUE INDEX quote_selected ON quote (opportunity_id) WHERE selected;
CREATE INDEX quote_expiring ON quote (expires_at)
  WHERE status IN ('submitted', 'approved', 'released');

CREATE TABLE quote_line (
  id uuid PRIMARY KEY,
  quote_id uuid NOT NULL REFERENCES quote,
  account_id uuid NOT NULL,
  position int NOT NULL,
  currency text NOT NULL,
  product_id uuid NOT NULL,
  product_version int NOT NULL,
  product_code text NOT NULL,
  product_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('one_off', 'recurring')),
  unit text,
  product jsonb NOT NULL,             -- the whole version, as the catalogue gave it
  bundle_code text,
  -- What edits and repricing set; a new line gets it in the same transaction.
  quantity numeric(28,8) NOT NULL DEFAULT 0 CHECK (quantity >= 0),
  service_level text,
  discount_percent numeric(28,8) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  discount_amount_minor bigint NOT NULL DEFAULT 0 CHECK (discount_amount_minor >= 0),
  start_on date,
  "group" text,
  covers uuid[] NOT NULL DEFAULT '{}',
  requested_quantity numeric(28,8),
  list_unit_price numeric(28,8) NOT NULL DEFAULT 0,
  net_unit_price numeric(28,8) NOT NULL DEFAULT 0,
  list_minor bigint NOT NULL DEFAULT 0,
  net_minor bigint NOT NULL DEFAULT 0,
  periods int NOT NULL DEFAULT 1,
  list_term_minor bigint NOT NULL DEFAULT 0,
  term_minor bigint NOT NULL DEFAULT 0,
  ssp_minor bigint NOT NULL DEFAULT 0,
  waterfall jsonb NOT NULL DEFAULT '[]',
  UNIQUE (quote_id, position) DEFERRABLE INITIALLY DEFERRED
);

-- Every edit and every action, with its difference. Append-only.
CREATE TABLE quote_revision (
  id uuid PRIMARY KEY,
  quote_id uuid NOT NULL REFERENCES quote,
  account_id uuid NOT NULL,
  revision bigint NOT NULL,
  version int NOT NULL,
  status text NOT NULL,
  action text NOT NULL,
  changed_by uuid,                    -- null: a job
  request_id text NOT NULL,
  reason text,
  changes jsonb NOT NULL,
  currency text NOT NULL,
  term_minor bigint NOT NULL,
  effective_discount_percent numeric(28,8) NOT NULL,
  products jsonb,                     -- a trajectory's point; null: no quantity or price changed
  known_at timestamptz NOT NULL,
  UNIQUE (quote_id, revision)
);

-- A version as it was submitted. Its content never changes; outcomes are filled in once.
CREATE TABLE quote_version (
  id uuid PRIMARY KEY,
  quote_id uuid NOT NULL REFERENCES quote,
  account_id uuid NOT NULL,
  version int NOT NULL,
  status text NOT NULL,
  content_hash text NOT NULL,
  quote jsonb NOT NULL,               -- as the API showed it
  content_paths text[] NOT NULL,      -- what it says, flat, for the next version's difference
  content_values text[] NOT NULL,
  changes jsonb NOT NULL,
  submitted_by uuid,
  submitted_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  released_at timestamptz,
  UNIQUE (quote_id, version)
);

CREATE TABLE demand (
  quote_id uuid NOT NULL REFERENCES quote,
  product_id uuid NOT NULL,
  account_id uuid NOT NULL,
  product_code text NOT NULL,
  first_asked numeric(28,8) NOT NULL,
  peak_asked numeric(28,8) NOT NULL,
  PRIMARY KEY (quote_id, product_id)
);

CREATE TABLE "order" (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  number text UNIQUE,                 -- given by the last statement of its transaction
  kind text NOT NULL,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  quote_id uuid NOT NULL REFERENCES quote,
  quote_version int NOT NULL,
  opportunity_id uuid NOT NULL,
  contract_id uuid NOT NULL UNIQUE,
  currency text NOT NULL,
  accepted_on date NOT NULL,
  start_on date NOT NULL,
  payment_days int NOT NULL,
  time_zone text NOT NULL,
  content_hash text NOT NULL,
  one_off_minor bigint NOT NULL,
  monthly_minor bigint NOT NULL,
  term_minor bigint NOT NULL,
  line_count int NOT NULL,
  opportunity_value_minor bigint NOT NULL,
  opportunity_value_currency text NOT NULL,
  accepted_at timestamptz NOT NULL,
  CONSTRAINT order_quote UNIQUE (quote_id),              -- accepted once
  CONSTRAINT order_opportunity UNIQUE (opportunity_id)   -- a deal is counted once
);
CREATE INDEX order_account ON "order" (account_id);

CREATE TABLE order_line (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES "order",
  account_id uuid NOT NULL,
  position int NOT NULL,
  currency text NOT NULL,
  quote_line_id uuid NOT NULL,
  product_id uuid NOT NULL,
  product_version int NOT NULL,
  product_code text NOT NULL,
  product_name text NOT NULL,
  kind text NOT NULL,
  unit text,
  product jsonb NOT NULL,
  bundle_code text,
  quantity numeric(28,8) NOT NULL,
  service_level text,
  start_on date NOT NULL,
  "group" text,
  list_unit_price numeric(28,8) NOT NULL,
  net_unit_price numeric(28,8) NOT NULL,
  list_minor bigint NOT NULL,
  net_minor bigint NOT NULL,
  periods int NOT NULL,
  term_minor bigint NOT NULL,
  ssp_minor bigint NOT NULL,
  waterfall jsonb NOT NULL,
  UNIQUE (order_id, position)
);

-- Who accepted and where: the one place for it, so that it can be erased.
CREATE TABLE acceptance (
  order_id uuid PRIMARY KEY REFERENCES "order",
  account_id uuid NOT NULL,
  quote_version int NOT NULL,
  form text NOT NULL CHECK (form IN ('in_person')),
  accepted_by text,
  place text,
  recorded_by uuid,
  accepted_at timestamptz NOT NULL
);

CREATE TABLE residual_demand (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('open', 'dismissed')),
  account_id uuid NOT NULL,
  quote_id uuid NOT NULL REFERENCES quote,
  order_id uuid NOT NULL REFERENCES "order",
  product_id uuid NOT NULL,
  product_code text NOT NULL,
  first_asked numeric(28,8) NOT NULL,
  peak_asked numeric(28,8) NOT NULL,
  bought numeric(28,8) NOT NULL,
  quantity numeric(28,8) NOT NULL CHECK (quantity > 0),
  reason text,
  created_at timestamptz NOT NULL,
  UNIQUE (quote_id, product_id)
);
CREATE INDEX residual_demand_account ON residual_demand (account_id);

-- Gapless numbers: taken by the last statement of a transaction.
CREATE TABLE number_series (
  name text PRIMARY KEY,
  next bigint NOT NULL
);
INSERT INTO number_series (name, next) VALUES ('order', 1);

ALTER TABLE quote ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE "order" ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON "order"
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE quote_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_line USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE quote_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_revision USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE quote_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON quote_version USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE demand ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON demand USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE order_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON order_line USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE acceptance ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON acceptance USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE residual_demand ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON residual_demand USING (continuo_sees_account(account_id))
  WITH CHECK (continuo_sees_account(account_id));
