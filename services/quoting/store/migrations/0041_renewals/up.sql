-- Renewals: quotes of the kind, lines that extend others, and runs that quote many contracts.
ALTER TABLE quote DROP CONSTRAINT quote_kind_check;
ALTER TABLE quote ADD CONSTRAINT quote_kind_check CHECK (kind IN ('new', 'change', 'renewal')) NOT VALID;
ALTER TABLE quote VALIDATE CONSTRAINT quote_kind_check;

ALTER TABLE quote_line ADD COLUMN extends_line_id uuid;   -- the order line that it follows
ALTER TABLE order_line ADD COLUMN extends_line_id uuid;
-- A line is followed once.
CREATE UNIQUE INDEX order_line_extends ON order_line (extends_line_id) WHERE extends_line_id IS NOT NULL;

CREATE TABLE renewal_run (
  id uuid PRIMARY KEY,
  revision bigint NOT NULL DEFAULT 1,
  division_id uuid NOT NULL,
  ends_from date NOT NULL,
  ends_before date NOT NULL,
  account_id uuid,
  uplift_percent numeric(28,8),
  valid_until date,
  status text NOT NULL CHECK (status IN ('running', 'completed', 'cancelled')),
  contracts bigint NOT NULL,
  quoted bigint NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  created_by uuid,
  created_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE INDEX renewal_run_running ON renewal_run (created_at) WHERE status = 'running';
ALTER TABLE renewal_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_divisions ON renewal_run
  USING (caller_sees_division(division_id)
         AND (account_id IS NULL OR continuo_sees_account(account_id)))
  WITH CHECK (caller_sees_division(division_id)
              AND (account_id IS NULL OR continuo_sees_account(account_id)));

CREATE TABLE renewal (
  id uuid PRIMARY KEY,
  renewal_run_id uuid NOT NULL REFERENCES renewal_run,
  contract_id uuid NOT NULL,
  account_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'quoted', 'refused')),
  quote_id uuid REFERENCES quote,
  code text,
  detail text,
  done_at timestamptz,
  UNIQUE (renewal_run_id, contract_id),
  CHECK ((status = 'quoted') = (quote_id IS NOT NULL)),
  CHECK ((status = 'refused') = (code IS NOT NULL)),
  CHECK ((status = 'waiting') = (done_at IS NULL))
);
CREATE INDEX renewal_waiting ON renewal (renewal_run_id, id) WHERE status = 'waiting';
ALTER TABLE renewal ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked_accounts ON renewal
  USING (continuo_sees_account(account_id)) WITH CHECK (continuo_sees_account(account_id));
