-- Contracts with their append-only lines and amendments, schedules sold and bought with all of their
-- lines, releases, purchase orders.

CREATE TABLE contract (
  id uuid PRIMARY KEY,                 -- minted by quoting with the order
  revision bigint NOT NULL DEFAULT 1,
  number text NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN ('active', 'terminated')),
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  opportunity_id uuid,
  currency text NOT NULL,
  time_zone text NOT NULL,             -- the division's, frozen
  payment_days int NOT NULL,
  start_on date NOT NULL,
  term_total_minor bigint NOT NULL,
  control_totals jsonb NOT NULL,       -- of the lines, as the order announced them
  created_at timestamptz NOT NULL
);
CREATE INDEX contract_account ON contract (account_id, id);
CREATE INDEX contract_division ON contract (division_id, id);

-- The orders that made and changed a contract. An order takes effect once.
CREATE TABLE contract_order (
  order_id uuid PRIMARY KEY,
  contract_id uuid NOT NULL REFERENCES contract,
  account_id uuid NOT NULL,
  position int NOT NULL,
  known_at timestamptz NOT NULL,
  UNIQUE (contract_id, position)
);

-- Append-only: what holds from effective_on, as it was known at known_at.
CREATE TABLE contract_line (
  id uuid PRIMARY KEY,
  contract_id uuid NOT NULL REFERENCES contract,
  account_id uuid NOT NULL,
  order_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  position int NOT NULL,
  product_id uuid NOT NULL,
  product_version int NOT NULL,
  product_code text NOT NULL,
  product_name text NOT NULL,
  kind text NOT NULL,
  unit text NOT NULL,
  quantity numeric(28,8) NOT NULL,
  service_level text NOT NULL,
  service_level_terms jsonb,
  net_minor bigint NOT NULL,
  term_total_minor bigint NOT NULL,
  currency text NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  UNIQUE (order_line_id, effective_on, known_at)
);
CREATE INDEX contract_line_contract ON contract_line (contract_id, position);

-- Append-only.
CREATE TABLE contract_amendment (
  id uuid PRIMARY KEY,
  contract_id uuid NOT NULL REFERENCES contract,
  account_id uuid NOT NULL,
  order_id uuid,
  kind text NOT NULL,
  schedule_id uuid,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL,
  made_by text NOT NULL
);
CREATE INDEX contract_amendment_contract ON contract_amendment (contract_id, id);

-- One stream of recurring lines. The sell side is element 0 of its order line; what is bought for it
-- counts from 1.
CREATE TABLE schedule (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  contract_id uuid NOT NULL REFERENCES contract,
  order_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  element int NOT NULL,
  side text NOT NULL CHECK (side IN ('sell', 'buy')),
  status text NOT NULL CHECK (status IN ('pending', 'initialised', 'running', 'ended', 'cancelled')),
  description text NOT NULL,
  supplier_id uuid,
  quantity numeric(28,8) NOT NULL,
  unit_cost numeric(28,8),             -- buy side
  amount_minor bigint NOT NULL,        -- of one whole period
  term_total_minor bigint NOT NULL,    -- as expected; the lines' sum once they exist
  currency text NOT NULL,
  billing jsonb NOT NULL,
  term jsonb NOT NULL,
  agreed_start_on date NOT NULL,       -- the order line's
  start_on date,
  end_on date,
  service_level text NOT NULL,
  tax_code text NOT NULL,
  time_zone text NOT NULL,             -- the contract's
  payment_days int NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (order_line_id, element),
  CHECK ((status = 'pending') = (start_on IS NULL)),
  CHECK ((start_on IS NULL) = (end_on IS NULL)),
  CHECK (start_on <= end_on)
);
CREATE INDEX schedule_contract ON schedule (contract_id, id);
CREATE INDEX schedule_account ON schedule (account_id, id);
CREATE INDEX schedule_pending ON schedule (division_id, id) WHERE status = 'pending';

-- Made when the schedule gets its dates, never updated: what becomes of a line is a row elsewhere.
CREATE TABLE schedule_line (
  id uuid PRIMARY KEY,
  schedule_id uuid NOT NULL REFERENCES schedule,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  sequence int NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  bill_on date NOT NULL,
  release_on date NOT NULL,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  known_at timestamptz NOT NULL,
  UNIQUE (schedule_id, period_start, period_end),
  CHECK (period_start < period_end)
);
CREATE INDEX schedule_line_bill_on ON schedule_line (bill_on);

-- A line's right to be released or voided: whoever deletes its row decides what becomes of it. So
-- the release job and a cancellation can never both have a line, and what is due is found without
-- looking at what is done.
CREATE TABLE open_schedule_line (
  schedule_line_id uuid PRIMARY KEY REFERENCES schedule_line,
  schedule_id uuid NOT NULL,
  account_id uuid NOT NULL,
  time_zone text NOT NULL,
  release_on date NOT NULL
);
CREATE INDEX open_schedule_line_due
  ON open_schedule_line (time_zone, release_on, account_id, schedule_line_id);
CREATE INDEX open_schedule_line_schedule ON open_schedule_line (schedule_id);

-- What billing was given at one time for one account and division; never changes.
CREATE TABLE release_batch (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  released_on date NOT NULL,           -- the local day
  control_totals jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX release_batch_account ON release_batch (account_id, id);
CREATE INDEX release_batch_released_on ON release_batch (released_on, id);

-- Append-only map, cheaper than an update of an indexed column of the line. Bought lines have no
-- batch: they become expected supplier bills and nobody is billed.
CREATE TABLE schedule_line_release (
  schedule_line_id uuid PRIMARY KEY REFERENCES schedule_line,
  release_batch_id uuid REFERENCES release_batch,
  account_id uuid NOT NULL,
  payment_days int NOT NULL,
  released_on date NOT NULL,
  known_at timestamptz NOT NULL
);
CREATE INDEX schedule_line_release_batch ON schedule_line_release (release_batch_id);

CREATE TABLE schedule_line_void (
  schedule_line_id uuid PRIMARY KEY REFERENCES schedule_line,
  account_id uuid NOT NULL,
  effective_on date NOT NULL,
  known_at timestamptz NOT NULL
);

CREATE TABLE purchase_order (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('open', 'confirmed')),
  supplier_id uuid,
  account_id uuid NOT NULL,
  division_id uuid NOT NULL,
  contract_id uuid NOT NULL REFERENCES contract,
  order_id uuid NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL,
  ordered_on date NOT NULL,
  confirmed_on date,
  created_at timestamptz NOT NULL,
  CHECK (status = 'open' OR (supplier_id IS NOT NULL AND confirmed_on IS NOT NULL))
);
CREATE INDEX purchase_order_contract ON purchase_order (contract_id, id);

CREATE TABLE purchase_order_line (
  id uuid PRIMARY KEY,
  purchase_order_id uuid NOT NULL REFERENCES purchase_order,
  account_id uuid NOT NULL,
  position int NOT NULL,
  order_line_id uuid NOT NULL,
  element int NOT NULL,                -- of the order line's purchases, from 1
  schedule_id uuid REFERENCES schedule,
  description text NOT NULL,
  quantity numeric(28,8) NOT NULL,
  unit_cost numeric(28,8) NOT NULL,
  cost_minor bigint NOT NULL,
  currency text NOT NULL,
  UNIQUE (order_line_id, element),     -- nothing is ordered twice
  UNIQUE (purchase_order_id, position)
);

ALTER TABLE contract ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contract
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE contract_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contract_order
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE contract_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contract_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE contract_amendment ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON contract_amendment
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE schedule ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON schedule
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE schedule_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON schedule_line
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE open_schedule_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON open_schedule_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE release_batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON release_batch
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE schedule_line_release ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON schedule_line_release
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE schedule_line_void ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON schedule_line_void
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
ALTER TABLE purchase_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON purchase_order
  USING (continuo_sees_account(account_id) AND caller_sees_division(division_id))
  WITH CHECK (continuo_sees_account(account_id) AND caller_sees_division(division_id));
ALTER TABLE purchase_order_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON purchase_order_line
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
